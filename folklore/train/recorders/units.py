"""Units: which hidden units are active, and the effective rank of a layer's activations.

After the activation, in evaluation mode, on the whole training set. Document 001 infers dead units from a flat loss and
explains gradients of 0 without them (D001-06, C001-46), and says that batch norm keeps more units in use (C001-19,
C001-20).
"""

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor

from folklore.train.evaluation import predict
from folklore.train.recorders.hidden import hidden_layers
from folklore.train.recorders.hooks import outputs_seen
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import RecordedTraining, Recorder

_RANKED = 1024  # examples, from the front of the training set


class Units(Recorder):
    watches_layers = True

    def __init__(self, training: RecordedTraining):
        super().__init__(training)
        self.activations = {layer.activation: layer.name for layer in hidden_layers(self.model)}
        with self.during_evaluation("train"):
            predict(self.model, self.data["train"])
        self.recorded += self._by_layer("start", None)

    def during_evaluation(self, part: str) -> AbstractContextManager:
        """Measure during the loop's own evaluation."""
        if part != "train":
            return nullcontext()
        self.activity = activity = {name: _Activity() for name in self.activations}
        return outputs_seen(self.model, activity, lambda name, output: activity[name].add(output))

    def after_epoch(self, epoch: int) -> None:
        self.recorded += self._by_layer("after_epoch", epoch)

    def measurements(self, last_epoch: int) -> list[Measurement]:
        return self.recorded + self.after(last_epoch)

    def _by_layer(self, time_point: str, epoch: int | None) -> list[Measurement]:
        return [
            Measurement(time_point, epoch, self.activations[name], statistic, value)
            for name, units in self.activity.items()
            for statistic, value in units.statistics().items()
        ]


class _Activity:
    """Activity of the units of one layer, batch by batch."""

    def __init__(self):
        self.positive: list[Tensor] = []  # by unit, on how many examples of a batch it is above 0; NaN on overflow
        self.first: list[Tensor] = []
        self.count = 0

    def add(self, activations: Tensor) -> None:
        """`activations`: [n, units]."""
        positive = activations.sign().clamp_(min=0).sum(dim=0)  # three times as fast as counting booleans
        self.positive.append(positive.where(activations.sum(dim=0).isfinite(), torch.nan))
        if self.count < _RANKED:
            self.first.append(activations[: _RANKED - self.count].clone())
        self.count += len(activations)

    def statistics(self) -> dict[str, float]:
        """Return nothing where an activation is not finite."""
        share = torch.stack(self.positive).double().sum(dim=0) / self.count
        if not share.isfinite().all():
            return {}
        return {
            "dead": (share == 0).double().mean().item(),
            "active": share.mean().item(),
            "rank": effective_rank(torch.cat(self.first)) / len(share),
        }


def effective_rank(activations: Tensor) -> float:
    """Return the effective rank of centred activations [n, units]; NaN where nothing varies.

    Roy and Vetterli (2007): e to the power of the entropy of the normalised singular values.
    """
    centred = activations.double() - activations.double().mean(dim=0)
    sizes = torch.linalg.svdvals(centred)
    return torch.special.entr(sizes / sizes.sum()).sum().exp().item()
