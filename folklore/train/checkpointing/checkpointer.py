"""Keeper: is told of a training after every mini-batch, and may keep its state."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from folklore.execution.in_progress import Progress
from folklore.train.checkpointing.origin import TrainingInputs

TrainingState = dict[str, Any]  # JSON values and tensors; keys are strings


class Resumable(Protocol):
    """A training between two mini-batches."""

    def state(self) -> TrainingState:
        """All that a training with the same origin needs to go on from here."""

    def resume(self, state: TrainingState) -> None:
        pass

    def progress(self) -> Progress:
        pass


class NullCheckpointer:
    """This one keeps nothing."""

    @contextmanager
    def watching(self, training: Resumable, origin: TrainingInputs) -> Iterator[None]:  # noqa: ARG002
        """Around the training, which it may first put where an interrupted one was."""
        yield

    def after_batch(self) -> None:
        """May raise Interrupted."""
