"""Recorder: watches a training and notes numbers, without leaving a trace in it."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import astuple

from torch import Tensor, nn

from folklore.train.batches import Batches
from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.recorders.measurement import Measurement


class Recorder:
    """One that overrides nothing notes nothing.

    After an epoch, as when it is made, the model is in evaluation mode, and the next update sets it back to training.
    """

    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        """`data`: training and validation; the test part is not looked at while a run trains."""
        self.model, self.data, self.settings, self.seed = model, data, settings, seed
        self.taken: list[Measurement] = []

    def after_backward(self, epoch: int, batch: int, loss: Tensor) -> None:
        """The gradients of a mini-batch are there and the weights not yet moved; `loss`: of the mini-batch, on the
        device. Epochs and batches count from 1."""

    def after_update(self, epoch: int, batch: int) -> None:
        """The weights have moved; the model is in training mode."""

    def during_evaluation(self, _part: str) -> AbstractContextManager:
        """Entered while `train`, then `validation` passes through the model after an epoch, before `after_epoch`."""
        return nullcontext()

    def after_epoch(self, epoch: int) -> None:
        pass

    def notes(self) -> list[Measurement]:
        """Once, when the run has ended; names in the order of the forward pass."""
        return self.taken

    def state(self) -> TrainingState:
        """What it has beyond what it is made with, between two mini-batches."""
        return {"taken": [astuple(note) for note in self.taken]}

    def resume(self, state: TrainingState) -> None:
        """As if it had taken that itself; it was made with the beginning of the same training."""
        self.taken = [Measurement(*fields) for fields in state["taken"]]

    def is_last(self, epoch: int) -> bool:
        return epoch == self.settings["epochs"]


@contextmanager
def watched(recorders: Iterable[Recorder], part: str) -> Iterator[None]:
    """While a part passes through the model in evaluation mode."""
    with ExitStack() as watching:
        for recorder in recorders:
            watching.enter_context(recorder.during_evaluation(part))
        yield
