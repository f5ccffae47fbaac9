"""Recorder: measures a network while it is trained, without changing the training."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import astuple, dataclass, replace
from typing import Any, ClassVar

from torch import Tensor, nn

from folklore.train.batches import Batches
from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.objectives.objective import Objective
from folklore.train.recorders.measurement import Measurement


@dataclass(frozen=True)
class RecordedTraining:
    """A run that is about to begin, as recorders see it."""

    model: nn.Module
    data: dict[str, Batches]  # training and validation set; no recorder sees the test set
    objective: Objective
    settings: dict[str, Any]
    seed: int


class Recorder:
    """The base class records nothing.

    The model is in evaluation mode when a recorder is constructed, after an epoch and at the end of the run. Recorders
    may change the mode: the loop sets training mode before the next update.
    """

    watches_layers: ClassVar[bool] = False  # measures outputs of layers, so that frozen layers have to run too

    def __init__(self, training: RecordedTraining):
        self.model, self.data, self.objective = training.model, training.data, training.objective
        self.settings, self.seed = training.settings, training.seed
        self.recorded: list[Measurement] = []

    def after_backward(self, epoch: int, batch: int, objective: Tensor) -> None:
        """Measure gradients of a mini-batch, before the optimiser's step.

        `objective`: its value on the mini-batch, on the device. Epochs and batches count from 1.
        """

    def after_update(self, epoch: int, batch: int) -> None:
        """Measure after the optimiser's step; the model is in training mode."""

    def during_evaluation(self, _part: str) -> AbstractContextManager:
        """Return a context for the loop's evaluation of `train`, then of `validation`, before `after_epoch`."""
        return nullcontext()

    def after_epoch(self, epoch: int) -> None:
        pass

    def measurements(self, last_epoch: int) -> list[Measurement]:  # noqa: ARG002 (for those that override it)
        """Return all measurements, in the order of the forward pass; called once, at the end of the run.

        `last_epoch`: at whose end the run ended, by its budget or because it diverged.
        """
        return self.recorded

    def after(self, last_epoch: int) -> list[Measurement]:
        """Return what was recorded after the last epoch, with the time point `end`."""
        return [replace(found, time_point="end", epoch=None) for found in self.recorded if found.epoch == last_epoch]

    def state(self) -> TrainingState:
        """Return what the constructor does not make; called between two mini-batches."""
        return {"recorded": [astuple(found) for found in self.recorded]}

    def resume(self, state: TrainingState) -> None:
        """Continue from a state of the same run."""
        self.recorded = [Measurement(*fields) for fields in state["recorded"]]


@contextmanager
def watched(recorders: Iterable[Recorder], part: str) -> Iterator[None]:
    """Enter the contexts of all recorders while the model evaluates a part of the data."""
    with ExitStack() as contexts:
        for recorder in recorders:
            contexts.enter_context(recorder.during_evaluation(part))
        yield
