"""Provenance: the code that produced a result, and the code changes that were accepted without a rerun."""
