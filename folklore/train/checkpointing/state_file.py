"""The file of a training run's state: safetensors, with everything but the tensors as JSON in its header.

A tensor is restored with its memory layout, on which the order of sums depends.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file
from torch import Tensor

from folklore.execution.files import replacing
from folklore.train.checkpointing.cache_key import DIFFERENCES, CacheKey
from folklore.train.checkpointing.checkpointer import TrainingState

_TENSOR = "tensor of this file"
_TEXT, _CHECKSUM = "text", "sha256"


class StateError(Exception):
    """States why a training run cannot resume from a file."""


def write_state(path: Path, state: TrainingState, key: CacheKey) -> None:
    """Raise OSError if the disk refuses."""
    tensors: dict[str, np.ndarray] = {}
    text = json.dumps({"key": key.entries, "state": _without_tensors(state, "state", tensors)})
    with replacing(path) as draft:
        try:
            save_file(tensors, draft, metadata={_TEXT: text, _CHECKSUM: _checksum(text, tensors)})
        except SafetensorError as error:
            raise OSError(str(error)) from error


def read_state(path: Path, key: CacheKey) -> TrainingState:
    """Raise StateError if the file is damaged or was saved under another key."""
    text, tensors = _contents(path)
    saved = json.loads(text)
    expected = json.loads(json.dumps(key.entries))
    differing = [name for name, entry in expected.items() if saved["key"].get(name) != entry]
    if differing:
        raise StateError(f"is of {', '.join(DIFFERENCES[name] for name in differing)}")
    return _with_tensors(saved["state"], tensors.__getitem__)


def _contents(path: Path) -> tuple[str, dict[str, Tensor]]:
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (no dict)
    except (SafetensorError, OSError) as error:
        raise StateError(f"is damaged ({error})") from None
    text = metadata.get(_TEXT, "")
    if metadata.get(_CHECKSUM) != _checksum(text, {name: tensor.numpy() for name, tensor in tensors.items()}):
        raise StateError("is damaged (its checksum differs)")
    return text, tensors


def _checksum(text: str, tensors: dict[str, np.ndarray]) -> str:
    digest = hashlib.sha256(text.encode())
    for name, values in sorted(tensors.items()):
        digest.update(f"{name} {values.dtype} {values.shape}".encode())
        digest.update(values.reshape(-1).view(np.uint8))
    return digest.hexdigest()


def _without_tensors(value: Any, name: str, taken: dict[str, np.ndarray]) -> Any:
    """Return the value with a reference in place of each tensor, and add the tensors to `taken` by their path."""
    if isinstance(value, Tensor):
        taken[name] = value.detach().cpu().contiguous().numpy()
        return {_TENSOR: name, "strides": value.stride(), "device": value.device.type}
    if isinstance(value, dict):
        return {key: _without_tensors(inner, f"{name}/{key}", taken) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_tensors(inner, f"{name}/{place}", taken) for place, inner in enumerate(value)]
    return value


def _with_tensors(value: Any, tensor: Callable[[str], Tensor]) -> Any:
    if isinstance(value, list):
        return [_with_tensors(inner, tensor) for inner in value]
    if not isinstance(value, dict):
        return value
    if _TENSOR in value:
        saved = tensor(value[_TENSOR])
        restored = torch.empty_strided(saved.shape, value["strides"], dtype=saved.dtype, device=value["device"])
        return restored.copy_(saved)
    return {key: _with_tensors(inner, tensor) for key, inner in value.items()}
