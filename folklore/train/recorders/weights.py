"""Weights: distribution of the elements of each parameter and buffer, and their change since initialisation.

Also how many rows of each matrix differ: units with the same initial weights and the same gradients stay the same
(C003-02).
"""

import torch
from torch import Tensor, nn

from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import RecordedTraining, Recorder

_ROUND_OFF = 1e-5  # of the largest element of a matrix; rows that differ by no more are equal


class Weights(Recorder):
    def __init__(self, training: RecordedTraining):
        super().__init__(training)
        self.initial = {name: tensor.clone() for name, tensor in _tensors(self.model).items()}
        for name, tensor in self.initial.items():
            self._record("start", name, _distribution(tensor))

    def measurements(self, last_epoch: int) -> list[Measurement]:  # noqa: ARG002 (as every recorder)
        for name, tensor in _tensors(self.model).items():
            self._record("end", name, _change(self.initial[name], tensor) | _distribution(tensor))
        return self.recorded

    def _record(self, time_point: str, name: str, statistics: dict[str, float]) -> None:
        self.recorded += [
            Measurement(time_point, None, name, statistic, value) for statistic, value in statistics.items()
        ]


def _tensors(model: nn.Module) -> dict[str, Tensor]:
    """Return those of floating point, so no counter of batches."""
    return {name: tensor.detach() for name, tensor in model.state_dict().items() if tensor.is_floating_point()}


def _change(before: Tensor, after: Tensor) -> dict[str, float]:
    """Return the largest change of an element, exactly 0 where nothing moved, and the Euclidean norm."""
    return {
        "max_abs_change": (after - before).abs().max().item(),
        "norm": torch.linalg.vector_norm(after).item(),
    }


def _distribution(tensor: Tensor) -> dict[str, float]:
    """Describe all elements; `sd` divides by their number, as initialisations do."""
    sd, mean = torch.std_mean(tensor, correction=0)
    found = {"mean": mean.item(), "sd": sd.item(), "root_mean_square": tensor.square().mean().sqrt().item()}
    if tensor.ndim == 2 and tensor.isfinite().all():
        found["distinct"] = float(_distinct(tensor))
    return found


def _distinct(matrix: Tensor) -> int:
    """Count the rows that equal no earlier row, up to round-off."""
    different = torch.cdist(matrix, matrix, p=torch.inf) > _ROUND_OFF * matrix.abs().max()
    return int((different | ~torch.ones_like(different).tril(-1)).all(dim=1).sum())
