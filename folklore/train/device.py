"""The device of a run, and what keeps its results the same bytes each time."""

import os

import torch

from folklore.problems import UserError


def device_named(name: str, dtype: torch.dtype = torch.float32) -> torch.device:
    """`auto` takes CUDA, then MPS, then the CPU. Raises UserError where the one asked for is not there.

    MPS has no numbers of 64 bits.
    """
    mps = torch.backends.mps.is_available() and dtype != torch.float64
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": mps}
    if name == "auto":
        name = next(kind for kind in ("cuda", "mps", "cpu") if there[kind])
    if not there[name]:
        raise UserError(f"device {name!r} is not available here; there are: {', '.join(k for k in there if there[k])}")
    return torch.device(name)


def make_repeatable(device: torch.device) -> None:
    """Sums depend on how many threads share them, and CUDA's fastest kernels on timing.

    On the CPU one thread is enough, and asking for more would import torch's compiler: seconds for nothing.
    """
    torch.set_num_threads(1)
    if device.type == "cuda":
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True)
