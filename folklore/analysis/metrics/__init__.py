"""Metrics: one number per run, computed from the tables of a study."""
