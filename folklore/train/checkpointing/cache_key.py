"""Cache key: everything that decides the bits of a training run. A saved state is resumed only under an equal key."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch

from folklore.train.examples import Examples
from folklore.train.learners.learner import TrainingJob

# Entry → how a state differs in it.
DIFFERENCES = {
    "settings": "other settings",
    "seed": "another seed",
    "examples": "other examples",
    "parents": "other parents",
    "device": "another kind of device",
    "processor": "another instruction set of the processor, which sums in another order",
    "torch": "another version of torch",
    "code": "other code",
}


class CacheKey:
    def __init__(self, job: TrainingJob, device: torch.device):
        self._job, self._device = job, device

    @cached_property
    def entries(self) -> dict[str, Any]:
        """Return the entries of DIFFERENCES as JSON values; the checksums are computed on first use."""
        return {
            "settings": self._job.settings,
            "seed": self._job.seed,
            "examples": _checksum(_arrays(self._job.examples)),
            "parents": _checksums(self._job.parents),
            "device": self._device.type,
            "processor": processor(self._device),
            "torch": torch.__version__,
            "code": self._job.code,
        }


def processor(device: torch.device) -> str:
    """Return the instruction set of the CPU, such as AVX2, or the name of the GPU."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return torch.backends.cpu.get_cpu_capability()


def _checksums(parents: Mapping[str, Path]) -> dict[str, str]:
    return {edge: hashlib.sha256(path.read_bytes()).hexdigest() for edge, path in parents.items()}


def _arrays(examples: Examples) -> Iterator[np.ndarray]:
    for part in examples.labels:
        yield examples.inputs[part]
        yield examples.labels[part]
    yield from examples.categorical.values()
    yield from (examples.scaling.factor, examples.scaling.offset)


def _checksum(arrays: Iterator[np.ndarray]) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.dtype} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).reshape(-1).view(np.uint8))
    return digest.hexdigest()
