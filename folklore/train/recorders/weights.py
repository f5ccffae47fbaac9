"""Weights: how the elements of each parameter and buffer are spread, and how far they have come from where they began.

And how many rows of each matrix differ: units that begin alike and are treated alike stay alike (C003-02).
"""

import torch
from torch import Tensor, nn

from folklore.train.batches import Batches
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import Recorder

_ALIKE = 1e-5  # of the largest element of a matrix


class Weights(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self.initial = {name: tensor.clone() for name, tensor in _tensors(model).items()}
        for name, tensor in self.initial.items():
            self._take("start", name, _spread(tensor))

    def notes(self) -> list[Measurement]:
        for name, tensor in _tensors(self.model).items():
            self._take("end", name, _course(self.initial[name], tensor) | _spread(tensor))
        return self.taken

    def _take(self, moment: str, name: str, measures: dict[str, float]) -> None:
        self.taken += [Measurement(moment, None, name, measure, value) for measure, value in measures.items()]


def _tensors(model: nn.Module) -> dict[str, Tensor]:
    """Floating-point ones; a count of batches is no weight."""
    return {name: tensor.detach() for name, tensor in model.state_dict().items() if tensor.is_floating_point()}


def _course(begun: Tensor, ended: Tensor) -> dict[str, float]:
    """The largest difference of any element, exactly 0 where nothing moved, and the Euclidean norm."""
    return {"change": (ended - begun).abs().max().item(), "norm": torch.linalg.vector_norm(ended).item()}


def _spread(tensor: Tensor) -> dict[str, float]:
    """Over all elements; `sd` with their number as divisor, as the initialisation has it."""
    sd, mean = torch.std_mean(tensor, correction=0)
    found = {"mean": mean.item(), "sd": sd.item(), "root_mean_square": tensor.square().mean().sqrt().item()}
    if tensor.ndim == 2 and tensor.isfinite().all():
        found["distinct"] = float(_distinct(tensor))
    return found


def _distinct(matrix: Tensor) -> int:
    """Rows that no earlier row is like, that is, equal in every element but for round-off."""
    apart = torch.cdist(matrix, matrix, p=torch.inf) > _ALIKE * matrix.abs().max()
    return int((apart | ~torch.ones_like(apart).tril(-1)).all(dim=1).sum())
