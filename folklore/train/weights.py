"""Weights of a model as arrays, and a model started from the weights of a parent."""

from collections.abc import Collection
from pathlib import Path

import numpy as np
import torch
from torch import nn

from folklore.execution.errors import UserError, unknown
from folklore.train.weights_file import read_weights, tensors_under


def weights_of(model: nn.Module, checkpoint: str) -> dict[str, np.ndarray]:
    """Every parameter and buffer as `{checkpoint}.{name}`, copied off the model, in plain memory layout."""
    return {
        f"{checkpoint}.{name}": tensor.detach().cpu().contiguous().numpy().copy(order="C")
        for name, tensor in model.state_dict().items()
    }


def restore(model: nn.Module, weights: dict[str, np.ndarray], checkpoint: str) -> bool:
    """Load a checkpoint into the model; return False if there is none."""
    state = tensors_under(checkpoint, weights)
    if state:
        model.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    return bool(state)


def load_parent(model: nn.Module, path: Path, checkpoint: str, layers: Collection[str] | None) -> None:
    """Load the named layers, or all, from a run's weights; raise UserError if their shapes differ from the model's."""
    theirs = tensors_under(checkpoint, read_weights(path))
    ours = model.state_dict()
    known = dict.fromkeys(name.partition(".")[0] for name in ours)
    for layer in layers or ():
        if layer not in known:
            raise UserError(f"parents.weights.layers: {unknown('layer', layer, known)}")
    taken = [name for name in ours | theirs if layers is None or name.partition(".")[0] in layers]
    differing = sorted(name for name in taken if _shape(ours, name) != _shape(theirs, name))
    if differing:
        raise UserError(f"the model does not fit its parent {path.parent}: {', '.join(differing)} differ")
    model.load_state_dict(ours | {name: torch.from_numpy(theirs[name]) for name in taken})


def _shape(state: dict[str, np.ndarray], name: str) -> tuple[int, ...] | None:
    return tuple(state[name].shape) if name in state else None
