"""Gradients: the size of the loss's gradient in every parameter tensor, early and late in training.

In windows of mini-batches, as document 000 has them (the first and last five) and over whole epochs, where the smaller
batch at the end of an epoch is left out (defects D000-21 to D000-23); and on a probe batch that is always the same,
before training and after every epoch, so that runs can be compared at the same training loss (D000-25).
"""

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from folklore.train.batches import Batches
from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.recorders.hooks import training_copy
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import Recorder

_BATCHES, _EPOCHS = 5, 5
PROBE = 512  # examples, from the front of the training part


class Gradients(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self.feed, self.epochs = data["train"], settings["epochs"]
        self.batches = self.feed.batches(settings["batch_size"])
        self.full = len(self.feed) // settings["batch_size"] or 1
        self.trained = _trained(model)
        self.windows = {name: _Window() for name in ("first_batches", "last_batches", "first_epochs", "last_epochs")}
        self.taken += self._probe("start", None)

    def after_backward(self, epoch: int, batch: int, loss: Tensor) -> None:  # noqa: ARG002 (as every recorder)
        current = [window for name, window in self.windows.items() if self._covers(name, epoch, batch)]
        if current:
            taken = _Gradient(self.trained.values())
            for window in current:
                window.add(taken)

    def after_epoch(self, epoch: int) -> None:
        self.taken += self._probe("after_epoch", epoch)

    def notes(self) -> list[Measurement]:
        ended = [
            Measurement("end", None, note.name, note.statistic, note.value)
            for note in self.taken
            if note.epoch == self.epochs
        ]
        windows = [
            Measurement(moment, None, name, measure, value)
            for moment, window in self.windows.items()
            if window.count
            for measure, values in window.measures().items()
            for name, value in zip(self.trained, values, strict=True)
        ]
        return windows + self.taken + ended

    def state(self) -> TrainingState:
        return super().state() | {"windows": {name: vars(window) for name, window in self.windows.items()}}

    def resume(self, state: TrainingState) -> None:
        super().resume(state)
        for name, sums in state["windows"].items():
            vars(self.windows[name]).update(sums)

    def _covers(self, window: str, epoch: int, batch: int) -> bool:
        match window:
            case "first_batches":
                return epoch == 1 and batch <= _BATCHES
            case "last_batches":
                return epoch == self.epochs and batch > self.batches - _BATCHES
            case "first_epochs":
                return epoch <= _EPOCHS and batch <= self.full
        return epoch > self.epochs - _EPOCHS and batch <= self.full

    def _probe(self, moment: str, epoch: int | None) -> list[Measurement]:
        inputs, labels = self.feed.first(PROBE).whole()
        with training_copy(self.model, self.settings, self.seed) as copy:
            cross_entropy(copy(inputs), labels).backward()
        window = _Window()
        window.add(_Gradient(_trained(copy).values()))
        return [
            Measurement(moment, epoch, name, measure, value)
            for measure, values in window.measures().items()
            for name, value in zip(self.trained, values, strict=True)
        ]


class _Gradient:
    """Of one mini-batch: |g| of all elements in a row, and the norms of each tensor's gradient and weights."""

    def __init__(self, trained: Iterable[nn.Parameter]):
        weights, gradients = zip(*((parameter.detach(), parameter.grad) for parameter in trained), strict=True)
        self.sizes = [weight.numel() for weight in weights]
        self.absolute = torch.cat([gradient.flatten() for gradient in gradients]).abs().cpu().double()
        self.norms = torch.stack(torch._foreach_norm(gradients)).cpu().double()
        self.relative = self.norms / torch.stack(torch._foreach_norm(weights)).cpu().double()


class _Window:
    """Sums over mini-batches, element by element."""

    def __init__(self):
        self.count = 0

    def add(self, taken: _Gradient) -> None:
        if self.count == 0:
            self.sizes = taken.sizes
            self.sum, self.squares, self.largest = (torch.zeros_like(taken.absolute) for _ in range(3))
            self.norms, self.relative = torch.zeros_like(taken.norms), torch.zeros_like(taken.relative)
        self.count += 1
        self.sum += taken.absolute
        self.squares += taken.absolute**2
        self.largest = torch.maximum(self.largest, taken.absolute)
        self.norms += taken.norms
        self.relative += taken.relative

    def measures(self) -> dict[str, list[float]]:
        """A number a tensor; `sd` is each element's over mini-batches, averaged over elements, as published.

        `square` is the mean of the squared norms, which document 001 publishes as the gradient's size (D001-13).
        """
        mean = self.sum / self.count
        found = {
            "mean": [part.mean().item() for part in mean.split(self.sizes)],
            "largest": [part.max().item() for part in self.largest.split(self.sizes)],
            "norm": (self.norms / self.count).tolist(),
            "relative_norm": (self.relative / self.count).tolist(),
            "square": [part.sum().item() / self.count for part in self.squares.split(self.sizes)],
        }
        if self.count > 1:
            variance = (self.squares - self.count * mean**2).clamp(min=0) / (self.count - 1)
            found["sd"] = [part.mean().item() for part in variance.sqrt().split(self.sizes)]
        return found


def _trained(model: nn.Module) -> dict[str, nn.Parameter]:
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}
