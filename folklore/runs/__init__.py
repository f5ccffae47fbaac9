"""Runs on disk: the folder of one, before it is finished and after."""
