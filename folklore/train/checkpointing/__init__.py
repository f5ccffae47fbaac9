"""Checkpointing: saves the state of a training run, so that an interrupted run resumes with the same bytes."""
