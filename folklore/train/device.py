"""The device of a run, and what keeps its results the same bytes each time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from folklore.execution.errors import UserError
from folklore.execution.gpu_slots import gpu_slot


@contextmanager
def reserved_device(name: str, runs_per_gpu: int) -> Iterator[str]:
    """A device that no more trainings use at a time; of several graphics processors, `cuda:` with the number of one."""
    if name in ("auto", "cuda") and torch.cuda.is_available():
        processors = [str(torch.cuda.get_device_properties(number).uuid) for number in range(torch.cuda.device_count())]
        with gpu_slot(processors, runs_per_gpu) as number:
            yield f"cuda:{number}"
    else:
        yield name


def device_named(name: str, dtype: torch.dtype = torch.float32) -> torch.device:
    """`auto` takes CUDA, then MPS, then the CPU. Raises UserError where the one asked for is not there.

    MPS has no numbers of 64 bits. A graphics processor with a number becomes the only one that this process uses.
    """
    mps = torch.backends.mps.is_available() and dtype != torch.float64
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": mps}
    if name == "auto":
        name = next(kind for kind in ("cuda", "mps", "cpu") if there[kind])
    kind, _, number = name.partition(":")
    if not there[kind]:
        raise UserError(f"device {kind!r} is not available here; there are: {', '.join(k for k in there if there[k])}")
    if number:
        torch.cuda.set_device(int(number))
    return torch.device(name)


def make_repeatable(device: torch.device) -> None:
    """Sums depend on how many threads share them, and CUDA's fastest kernels on timing.

    On the CPU one thread is enough, and asking for more would import torch's compiler: seconds for nothing.
    """
    torch.set_num_threads(1)
    if device.type == "cuda":
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True)
