"""Runs on disk: the folder of a finished run and the columns of its tables."""
