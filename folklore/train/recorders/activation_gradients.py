"""Flow: how large the gradient of the loss is that comes back to the output of each hidden layer.

The gradient of a weight is as large as the input that it is multiplied with, too. That of an output shows alone whether
what is passed back dies away, and whether a way past a layer keeps it from doing so (C001-48).
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from folklore.train.batches import Batches
from folklore.train.recorders.gradients import PROBE
from folklore.train.recorders.hidden import hidden_layers
from folklore.train.recorders.hooks import outputs_seen, training_copy
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import Recorder


class ActivationGradients(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self.ends = {layer.end: layer.name for layer in hidden_layers(model)}
        if self.ends:
            self.taken += self._probed("start")

    def after_epoch(self, epoch: int) -> None:
        if self.ends and self.is_last(epoch):
            self.taken += self._probed("end")

    def _probed(self, moment: str) -> Iterator[Measurement]:
        """`relative_norm`: to that of the last hidden layer."""
        norms = torch.tensor([gradient.double().norm() for gradient in self._gradients()])
        for measure, values in (("norm", norms), ("relative_norm", norms / norms[-1:])):
            for name, value in zip(self.ends.values(), values.tolist(), strict=True):
                yield Measurement(moment, None, name, measure, value)

    def _gradients(self) -> tuple[Tensor, ...]:
        """By the output of each hidden layer, on the probe batch of the recorder of gradients."""
        inputs, labels = self.data["train"].first(PROBE).whole()
        inputs.requires_grad_()  # so that what frozen layers give has a gradient too
        outputs: dict[str, Tensor] = {}
        with (
            training_copy(self.model, self.settings, self.seed) as copy,
            outputs_seen(copy, self.ends, outputs.__setitem__),
        ):
            loss = cross_entropy(copy(inputs), labels)
        return torch.autograd.grad(loss, list(outputs.values()))
