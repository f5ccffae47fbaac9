"""Gradients: size of the loss's gradient in every trained tensor, early and late in training.

In windows of mini-batches, as document 000 has them (the first and the last five), and over whole epochs, without the
smaller batch at the end of an epoch (defects D000-21 to D000-23). Also on a probe batch, always the same, before
training and after every epoch, so that runs can be compared at the same training loss (D000-25).

The last windows count back from the budget. A run that diverges has none of them: its last gradients are not finite.
"""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.recorders.hooks import training_copy
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import RecordedTraining, Recorder

_BATCHES, _EPOCHS = 5, 5
PROBE = 512  # examples, from the front of the training set


class Gradients(Recorder):
    def __init__(self, training: RecordedTraining):
        super().__init__(training)
        self.train, self.epochs = self.data["train"], self.settings["epochs"]
        self.batches = self.train.number(self.settings["batch_size"])
        self.full = len(self.train) // self.settings["batch_size"] or 1
        self.trained = _trained(self.model)
        self.windows = {name: _Window() for name in ("first_batches", "last_batches", "first_epochs", "last_epochs")}
        self.recorded += self._probe("start", None)

    def after_backward(self, epoch: int, batch: int, objective: Tensor) -> None:  # noqa: ARG002 (as every recorder)
        current = [window for name, window in self.windows.items() if self._covers(name, epoch, batch)]
        if current:
            gradient = _Gradient(self.trained.values())
            for window in current:
                window.add(gradient)

    def after_epoch(self, epoch: int) -> None:
        self.recorded += self._probe("after_epoch", epoch)

    def measurements(self, last_epoch: int) -> list[Measurement]:
        windows = [
            found
            for time_point, window in self.windows.items()
            if window.count
            for found in self._by_tensor(time_point, None, window)
        ]
        return windows + self.recorded + self.after(last_epoch)

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

    def _probe(self, time_point: str, epoch: int | None) -> list[Measurement]:
        with training_copy(self.model, self.settings, self.seed) as copy:
            self.objective(copy, self.train.first(PROBE).whole()).objective.backward()
        window = _Window()
        window.add(_Gradient(_trained(copy).values()))
        return self._by_tensor(time_point, epoch, window)

    def _by_tensor(self, time_point: str, epoch: int | None, window: "_Window") -> list[Measurement]:
        return [
            Measurement(time_point, epoch, name, statistic, value)
            for statistic, values in window.statistics().items()
            for name, value in zip(self.trained, values, strict=True)
        ]


class _Gradient:
    """Gradient of one mini-batch: |g| of all elements in a row, and the norms of each tensor's gradient and weights."""

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

    def add(self, gradient: _Gradient) -> None:
        if self.count == 0:
            self.sizes = gradient.sizes
            self.sum, self.squares, self.largest = (torch.zeros_like(gradient.absolute) for _ in range(3))
            self.norms, self.relative = torch.zeros_like(gradient.norms), torch.zeros_like(gradient.relative)
        self.count += 1
        self.sum += gradient.absolute
        self.squares += gradient.absolute**2
        self.largest = torch.maximum(self.largest, gradient.absolute)
        self.norms += gradient.norms
        self.relative += gradient.relative

    def statistics(self) -> dict[str, list[float]]:
        """Return one number per tensor for each statistic.

        `sd` is over mini-batches, for each element, then averaged over elements, as published. `squared_norm` is the
        mean of the squared norms, which document 001 publishes as the size of the gradient (D001-13).
        """
        mean = self.sum / self.count
        found = {
            "mean": [part.mean().item() for part in mean.split(self.sizes)],
            "max_abs": [part.max().item() for part in self.largest.split(self.sizes)],
            "norm": (self.norms / self.count).tolist(),
            "relative_norm": (self.relative / self.count).tolist(),
            "squared_norm": [part.sum().item() / self.count for part in self.squares.split(self.sizes)],
        }
        if self.count > 1:
            variance = (self.squares - self.count * mean**2).clamp(min=0) / (self.count - 1)
            found["sd"] = [part.mean().item() for part in variance.sqrt().split(self.sizes)]
        return found


def _trained(model: nn.Module) -> dict[str, nn.Parameter]:
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}
