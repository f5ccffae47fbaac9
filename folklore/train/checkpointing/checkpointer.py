"""Checkpointer: the interface through which a training run is saved and resumed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from folklore.execution.in_progress import Progress
from folklore.train.checkpointing.cache_key import CacheKey

TrainingState = dict[str, Any]  # JSON values and tensors; keys are strings


class Resumable(Protocol):
    """A training run between two mini-batches."""

    def state(self) -> TrainingState:
        """Return all that a run with the same cache key needs to continue from here."""

    def resume(self, state: TrainingState) -> None:
        """Continue from a state."""

    def progress(self) -> Progress:
        """Return the epoch in progress and the time taken and left."""


class NullCheckpointer:
    """Saves nothing; the base of checkpointers that do."""

    @contextmanager
    def attached(self, training: Resumable, key: CacheKey) -> Iterator[None]:  # noqa: ARG002
        """Resume the run from a saved state with an equal key, if there is one; then watch it in the block."""
        yield

    def after_batch(self) -> None:
        """Save the run if that is due; raise Interrupted after a signal that ends it."""
