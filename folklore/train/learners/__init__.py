"""Learners: one file per way to fit a model."""
