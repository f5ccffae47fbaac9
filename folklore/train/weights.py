"""Weights of a model as arrays, and a model started from the weights of a parent."""

from collections.abc import Collection
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.numpy import load_file
from torch import nn

from folklore.execution.errors import UserError


def weights_of(model: nn.Module, checkpoint: str) -> dict[str, np.ndarray]:
    """Every parameter and buffer as `{checkpoint}.{name}`, copied off the model, in plain memory layout."""
    return {
        f"{checkpoint}.{name}": tensor.detach().cpu().contiguous().numpy().copy(order="C")
        for name, tensor in model.state_dict().items()
    }


def restore(model: nn.Module, weights: dict[str, np.ndarray], checkpoint: str) -> bool:
    """Puts the model into the state of a checkpoint; False where there is none."""
    state = {
        name.removeprefix(f"{checkpoint}."): value
        for name, value in weights.items()
        if name.startswith(f"{checkpoint}.")
    }
    if state:
        model.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    return bool(state)


def has_checkpoint(path: Path, checkpoint: str) -> bool:
    """A run that diverged has no last weights, and no best ones if it did so in its first epoch."""
    return any(name.startswith(f"{checkpoint}.") for name in read_weights(path))


def load_parent(model: nn.Module, path: Path, checkpoint: str, layers: Collection[str] | None) -> None:
    """Takes over the layers that are named, or all; raises UserError where their tensors differ from the model's."""
    theirs = {
        name.removeprefix(f"{checkpoint}."): value
        for name, value in read_weights(path).items()
        if name.startswith(f"{checkpoint}.")
    }
    ours = model.state_dict()
    taken = [name for name in ours | theirs if layers is None or name.partition(".")[0] in layers]
    differing = sorted(name for name in taken if _shape(ours, name) != _shape(theirs, name))
    if differing:
        raise UserError(f"the model does not fit its parent {path.parent}: {', '.join(differing)} differ")
    model.load_state_dict(ours | {name: torch.from_numpy(theirs[name]) for name in taken})


def read_weights(path: Path) -> dict[str, np.ndarray]:
    try:
        return load_file(path)
    except SafetensorError as error:
        raise UserError(
            f"{path} is not a whole safetensors file ({error}); delete it to have it trained anew"
        ) from None


def _shape(state: dict[str, np.ndarray], name: str) -> tuple[int, ...] | None:
    return tuple(state[name].shape) if name in state else None
