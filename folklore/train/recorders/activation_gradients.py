"""Activation gradients: norm of the loss's gradient with respect to the output of each hidden layer.

The gradient of a weight also grows with the input that it is multiplied with. The gradient of an output shows whether
the backpropagated gradient vanishes, and whether a residual connection prevents that (C001-48).
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from folklore.train.recorders.gradients import PROBE
from folklore.train.recorders.hidden import hidden_layers
from folklore.train.recorders.hooks import outputs_seen, training_copy
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import RecordedTraining, Recorder
from folklore.train.tensor_origins import tensors_in


class ActivationGradients(Recorder):
    watches_layers = True

    def __init__(self, training: RecordedTraining):
        super().__init__(training)
        self.ends = {layer.end: layer.name for layer in hidden_layers(self.model)}
        self.recorded += self._probe("start")

    def measurements(self, last_epoch: int) -> list[Measurement]:  # noqa: ARG002 (as every recorder)
        return [*self.recorded, *self._probe("end")]

    def _probe(self, time_point: str) -> Iterator[Measurement]:
        """Measure on the probe batch of the recorder `gradients`; `relative_norm` is over the last hidden layer's."""
        if not self.ends:
            return
        norms = torch.tensor([gradient.double().norm() for gradient in self._gradients()])
        for statistic, values in (("norm", norms), ("relative_norm", norms / norms[-1:])):
            for name, value in zip(self.ends.values(), values.tolist(), strict=True):
                yield Measurement(time_point, None, name, statistic, value)

    def _gradients(self) -> tuple[Tensor, ...]:
        """Return the gradient with respect to the output of each hidden layer."""
        batch = self.data["train"].first(PROBE).whole()
        for values in filter(torch.is_floating_point, tensors_in(batch.inputs)):
            values.requires_grad_()  # so that outputs of frozen layers have a gradient too
        outputs: dict[str, Tensor] = {}
        with (
            training_copy(self.model, self.settings, self.seed) as copy,
            outputs_seen(copy, self.ends, outputs.__setitem__),
        ):
            objective = self.objective(copy, batch).objective
        return torch.autograd.grad(objective, list(outputs.values()))
