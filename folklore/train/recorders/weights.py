"""Weights: how far each parameter and buffer has come from where it began."""

import torch
from torch import Tensor, nn

from folklore.train.feed import Feed
from folklore.train.recorders.note import Note


class Weights:
    def __init__(self, model: nn.Module, feed: Feed, settings: dict, seed: int):  # noqa: ARG002 (as every recorder)
        self.model = model
        self.initial = {name: tensor.clone() for name, tensor in _tensors(model).items()}

    def after_backward(self, epoch: int, batch: int) -> None:
        pass

    def after_epoch(self, epoch: int) -> None:
        pass

    def notes(self) -> list[Note]:
        """The largest difference of any element, exactly 0 where nothing moved, and the Euclidean norm."""
        found = []
        for name, tensor in _tensors(self.model).items():
            change = (tensor - self.initial[name]).abs().max().item()
            found.append(Note("end", None, name, "change", change))
            found.append(Note("end", None, name, "norm", torch.linalg.vector_norm(tensor).item()))
        return found


def _tensors(model: nn.Module) -> dict[str, Tensor]:
    """Floating-point ones; a count of batches is no weight."""
    return {name: tensor.detach() for name, tensor in model.state_dict().items() if tensor.is_floating_point()}
