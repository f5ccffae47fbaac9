"""Learner: the interface of everything that trains."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from folklore.train.examples import Examples
from folklore.train.result import TrainResult


@dataclass(frozen=True)
class TrainingJob:
    """One recipe to train with one seed."""

    settings: dict[str, Any]  # the recipe, with all defaults
    examples: Examples
    seed: int
    device: str
    parents: Mapping[str, Path] = field(default_factory=dict)  # file by name of the edge: weights, mask, teacher
    resume: Path | None = None  # folder for the state of an interrupted run; None: no state is saved
    code: str = ""  # fingerprint of the training code


@dataclass(frozen=True)
class TrainedModel:
    """The weights of a finished run, with examples to predict."""

    settings: dict[str, Any]
    weights: dict[str, np.ndarray]  # by `{checkpoint}.{name}`
    examples: Examples
    device: str


class Learner(Protocol):
    """A module in `LEARNERS`."""

    def fit(self, job: TrainingJob) -> TrainResult:
        """Train; the same job gives the same result, bit for bit."""

    def logits(self, model: TrainedModel, part: str, checkpoint: str = "last") -> np.ndarray:
        """Return logits [n, classes] of a split (train, validation, test), in the order of its rows.

        A learner without checkpoints of its own has only `last`.
        """
