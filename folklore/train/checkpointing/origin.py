"""Origin: what a training starts from. Where two agree in it and in their code, they go the same way."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch

from folklore.train.examples import Examples


@dataclass(frozen=True)
class TrainingInputs:
    settings: dict
    seed: int
    examples: Examples
    parents: Mapping[str, Path]
    device: torch.device

    @cached_property
    def marks(self) -> dict[str, Any]:
        """By which another is told from it, in JSON values; only worked out for those who ask."""
        return {
            "settings": self.settings,
            "seed": self.seed,
            "examples": _checksum(_arrays(self.examples)),
            "parents": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self.parents.items()},
            "device": self.device.type,
            "torch": torch.__version__,
        }


def _arrays(examples: Examples) -> Iterator[np.ndarray]:
    for part in examples.labels:
        yield examples.inputs[part]
        yield examples.labels[part]
    yield from (examples.scaling.factor, examples.scaling.offset)


def _checksum(arrays: Iterator[np.ndarray]) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.dtype} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).reshape(-1).view(np.uint8))
    return digest.hexdigest()
