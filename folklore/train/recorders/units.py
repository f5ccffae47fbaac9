"""Units: which hidden units are alive, and in how many directions their activations vary.

Looked at after the activation, in evaluation mode, on the whole training part. Document 001 infers dead units from a
flat loss and explains gradients of 0 without them (D001-06, C001-46), and says that batch norm keeps more units in use
(C001-19, C001-20).
"""

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor, nn

from folklore.train.batches import Batches
from folklore.train.evaluation import predict
from folklore.train.recorders.hidden import hidden_layers
from folklore.train.recorders.hooks import outputs_seen
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import Recorder

_RANKED = 1024  # examples, from the front of the training part


class Units(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self.activations = {layer.activation: layer.name for layer in hidden_layers(model)}
        with self.during_evaluation("train"):
            predict(model, data["train"])
        self.taken += self._seen("start", None)

    def during_evaluation(self, part: str) -> AbstractContextManager:
        """Of the pass that the loop makes anyway."""
        if part != "train":
            return nullcontext()
        self.activity = activity = {name: _Activity() for name in self.activations}
        return outputs_seen(self.model, activity, lambda name, output: activity[name].add(output))

    def after_epoch(self, epoch: int) -> None:
        found = self._seen("after_epoch", epoch)
        self.taken += found
        if self.is_last(epoch):
            self.taken += [Measurement("end", None, note.name, note.statistic, note.value) for note in found]

    def _seen(self, moment: str, epoch: int | None) -> list[Measurement]:
        return [
            Measurement(moment, epoch, self.activations[name], measure, value)
            for name, units in self.activity.items()
            for measure, value in units.measures().items()
        ]


class _Activity:
    """Of the units of one layer, batch after batch."""

    def __init__(self):
        self.positive: list[Tensor] = []  # on how many examples of a batch each unit is above 0; NaN where it overflows
        self.first: list[Tensor] = []
        self.count = 0

    def add(self, activations: Tensor) -> None:
        """[n, units]"""
        positive = activations.sign().clamp_(min=0).sum(dim=0)  # three times as fast as counting truths
        self.positive.append(positive.where(activations.sum(dim=0).isfinite(), torch.nan))
        if self.count < _RANKED:
            self.first.append(activations[: _RANKED - self.count].clone())
        self.count += len(activations)

    def measures(self) -> dict[str, float]:
        share = torch.stack(self.positive).double().sum(dim=0) / self.count
        if not share.isfinite().all():
            return {}
        return {
            "dead": (share == 0).double().mean().item(),
            "active": share.mean().item(),
            "rank": effective_rank(torch.cat(self.first)) / len(share),
        }


def effective_rank(activations: Tensor) -> float:
    """Roy and Vetterli (2007), of activations [n, units] less their mean: e to the power of the entropy of the singular
    values' shares. NaN where nothing varies."""
    centred = activations.double() - activations.double().mean(dim=0)
    sizes = torch.linalg.svdvals(centred)
    return torch.special.entr(sizes / sizes.sum()).sum().exp().item()
