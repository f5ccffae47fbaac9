"""Training as tests call it: one function for the loop, with nothing saved unless a checkpointer is given."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from folklore.train import loop
from folklore.train.checkpointing.checkpointer import NullCheckpointer
from folklore.train.examples import Examples
from folklore.train.learners.learner import TrainingJob
from folklore.train.result import TrainResult


def job(
    settings: dict[str, Any], examples: Examples, seed: int = 1, device: str = "cpu", parent: Path | None = None
) -> TrainingJob:
    """`parent`: the weights file of the edge `weights`."""
    return TrainingJob(settings, examples, seed, device, {"weights": parent} if parent else {})


def train(
    settings: dict[str, Any],
    examples: Examples,
    seed: int = 1,
    device: str = "cpu",
    parent: Path | None = None,
    checkpointer: NullCheckpointer | None = None,
    code: str = "",
) -> TrainResult:
    requested = replace(job(settings, examples, seed, device, parent), code=code)
    return loop.train(requested, checkpointer or NullCheckpointer())
