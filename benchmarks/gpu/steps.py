"""One training step in four ways: float32, TF32, bfloat16 by autocast, and float32 replayed as a CUDA graph."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

import torch
from torch import nn

from benchmarks.gpu.workloads import Workload

WARM_UP, STEPS = 20, 200


def seconds_per_step(workload: Workload, device: torch.device) -> dict[str, float]:
    """Way → seconds on one mini-batch that stays on the device; ways that the device does not know are left out."""
    ways: dict[str, Callable[[], Callable[[], None]]] = {"float32": lambda: _step(workload, device)}
    if device.type == "cuda":
        ways |= {
            "bfloat16": lambda: _step(workload, device, autocast=True),
            "CUDA graph": lambda: _replayed(_step(workload, device)),
        }
    found = {name: _seconds(make(), device) for name, make in ways.items()}
    if device.type == "cuda":
        with _tf32():
            found["TF32"] = _seconds(_step(workload, device), device)
    return found


def _step(workload: Workload, device: torch.device, autocast: bool = False) -> Callable[[], None]:
    model = workload.textbook().to(device, memory_format=torch.channels_last)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
    images = torch.rand(workload.batch_size, *workload.shape, device=device)
    images = images.contiguous(memory_format=torch.channels_last)
    labels = torch.randint(workload.classes, (workload.batch_size,), device=device)

    def step() -> None:
        optimiser.zero_grad()
        with torch.autocast(device.type, torch.bfloat16, enabled=autocast):
            loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimiser.step()

    return step


def _replayed(step: Callable[[], None]) -> Callable[[], None]:
    """Warm up on a side stream, as torch's documentation asks, then capture one step."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


@contextmanager
def _tf32() -> Iterator[None]:
    matmul, cudnn = torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    yield
    torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32 = matmul, cudnn


def _seconds(step: Callable[[], None], device: torch.device) -> float:
    steps = STEPS if device.type == "cuda" else 5
    for _ in range(WARM_UP if device.type == "cuda" else 1):
        step()
    _finish(device)
    began = perf_counter()
    for _ in range(steps):
        step()
    _finish(device)
    return (perf_counter() - began) / steps


def _finish(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize()
