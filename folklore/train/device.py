"""The device of a run, and the settings that make its results reproducible."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from folklore.execution.errors import UserError
from folklore.execution.gpu_slots import gpu_slot


@contextmanager
def reserved_device(name: str, runs_per_gpu: int) -> Iterator[str]:
    """Yield a device with a free slot: `cuda:{number}` of one GPU, or the name itself if it is not a GPU."""
    if name in ("auto", "cuda") and torch.cuda.is_available():
        gpus = [str(torch.cuda.get_device_properties(number).uuid) for number in range(torch.cuda.device_count())]
        with gpu_slot(gpus, runs_per_gpu) as number:
            yield f"cuda:{number}"
    else:
        yield name


def device_named(name: str, dtype: torch.dtype = torch.float32) -> torch.device:
    """Return a device; `auto` prefers CUDA, then MPS, then the CPU. Raise UserError if the device is not available.

    MPS has no float64. A numbered GPU becomes the current device of this process.
    """
    mps = torch.backends.mps.is_available() and dtype != torch.float64
    available = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": mps}
    if name == "auto":
        name = next(kind for kind in ("cuda", "mps", "cpu") if available[kind])
    kind, _, number = name.partition(":")
    if not available[kind]:
        names = ", ".join(name for name in available if available[name])
        raise UserError(f"device: {kind!r} is not available here; available: {names}")
    if number:
        torch.cuda.set_device(int(number))
    return torch.device(name)


def make_repeatable(device: torch.device) -> None:
    """Use one thread and deterministic kernels, since the order of sums depends on threads and on CUDA's scheduling."""
    torch.set_num_threads(1)
    if device.type == "cuda":
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True)
