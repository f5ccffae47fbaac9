"""The file that keeps a training's state: safetensors, with everything but the tensors as JSON in its header.

A tensor comes back as it was, with the order of its values in memory, on which the order of sums depends.
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
from folklore.train.checkpointing.checkpointer import TrainingState

_TENSOR = "tensor of this file"
_WORDS, _CHECKSUM = "words", "sha256"

_OTHER = {
    "settings": "other settings",
    "seed": "another seed",
    "examples": "other examples",
    "parents": "other parents",
    "device": "another kind of device",
    "torch": "another version of torch",
    "code": "other code",
}


class StateError(Exception):
    """Why nobody can go on from a file."""


def write_state(path: Path, state: TrainingState, marks: dict[str, Any]) -> None:
    """`marks`: what the training starts from. Raises OSError where the disk refuses."""
    tensors: dict[str, np.ndarray] = {}
    words = json.dumps({"marks": marks, "state": _without_tensors(state, "state", tensors)})
    with replacing(path) as draft:
        try:
            save_file(tensors, draft, metadata={_WORDS: words, _CHECKSUM: _checksum(words, tensors)})
        except SafetensorError as error:
            raise OSError(str(error)) from error


def read_state(path: Path, marks: dict[str, Any]) -> TrainingState:
    """Raises StateError where the file is damaged or another training's."""
    words, tensors = _contents(path)
    kept = json.loads(words)
    differing = [name for name, mark in json.loads(json.dumps(marks)).items() if kept["marks"].get(name) != mark]
    if differing:
        raise StateError(f"is of {', '.join(_OTHER[name] for name in differing)}")
    return _with_tensors(kept["state"], tensors.__getitem__)


def _contents(path: Path) -> tuple[str, dict[str, Tensor]]:
    try:
        with safe_open(path, framework="pt") as file:
            said = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (no dict)
    except (SafetensorError, OSError) as error:
        raise StateError(f"is damaged ({error})") from None
    words = said.get(_WORDS, "")
    if said.get(_CHECKSUM) != _checksum(words, {name: tensor.numpy() for name, tensor in tensors.items()}):
        raise StateError("is damaged (its checksum is another)")
    return words, tensors


def _checksum(words: str, tensors: dict[str, np.ndarray]) -> str:
    digest = hashlib.sha256(words.encode())
    for name, values in sorted(tensors.items()):
        digest.update(f"{name} {values.dtype} {values.shape}".encode())
        digest.update(values.reshape(-1).view(np.uint8))
    return digest.hexdigest()


def _without_tensors(value: Any, name: str, taken: dict[str, np.ndarray]) -> Any:
    """The same with every tensor taken out, under the name of its place."""
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
        kept = tensor(value[_TENSOR])
        return torch.empty_strided(kept.shape, value["strides"], dtype=kept.dtype, device=value["device"]).copy_(kept)
    return {key: _with_tensors(inner, tensor) for key, inner in value.items()}
