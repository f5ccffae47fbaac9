"""The rows of `python -m benchmarks gpu`: under eight minutes on a GPU; its CPU part where there is none."""

from collections.abc import Callable, Iterator
from time import perf_counter

import torch

from benchmarks.gpu import notebook, steps, training
from benchmarks.gpu.workloads import CNN, EPOCHS, Workload, workloads
from benchmarks.row import Row

# Images that all runs of document 000 pass through the network at full scale, each once per epoch; a test counts them.
DOCUMENT_000_IMAGES = 517_750_000
AT_ONCE = (2, 4, 8)


def measure() -> Iterator[Row]:
    on_gpu = torch.cuda.is_available()
    device = torch.device("cuda" if on_gpu else "cpu")
    yield Row("device", "", 1, torch.cuda.get_device_name() if on_gpu else "no CUDA device here: the CPU part alone")
    for workload in workloads(on_gpu):
        yield from _loops(workload, device)
        yield from _steps(workload, device)
    smallest = workloads(on_gpu)[0]
    same = training.resumes_with_the_same_bytes(smallest, str(device))
    yield Row(f"{smallest.title}: interrupted and resumed", "", 1, "the same bytes" if same else "OTHER BYTES")
    if on_gpu:
        yield from _at_once(CNN, str(device))


def _loops(workload: Workload, device: torch.device) -> Iterator[Row]:
    """Both sides train the same epochs; folklore evaluates the training set as well. A first run starts the device."""
    data = workload.examples()
    training.train(workload, data, str(device), epochs=1)
    ours = _seconds(lambda: training.train(workload, data, str(device)))
    theirs = _seconds(lambda: notebook.train(workload, data, device))
    images = workload.train * EPOCHS
    figures = f"{images / ours:,.0f} images/s with folklore, {images / theirs:,.0f} with the notebook's loop"
    yield Row(f"{workload.title}: {EPOCHS} epochs", f"{theirs / ours:.1f}×", 1, figures)
    if workload.title == CNN.title:
        hours = DOCUMENT_000_IMAGES / (images / ours) / 3600
        yield Row("document 000 at full scale", "", 1, f"{hours:.2f} h for all its runs in a row, at this rate")


def _steps(workload: Workload, device: torch.device) -> Iterator[Row]:
    took = steps.seconds_per_step(workload, device)
    for way, seconds in took.items():
        if way != "float32":
            figures = f"{1e3 * seconds:.2f} ms a step, float32 {1e3 * took['float32']:.2f} ms"
            yield Row(f"{workload.title}: {way}", f"{took['float32'] / seconds:.2f}×", steps.STEPS, figures)


def _at_once(workload: Workload, device: str) -> Iterator[Row]:
    alone = training.together(workload, device, 1)
    for runs in AT_ONCE:
        took = training.together(workload, device, runs)
        figures = f"{runs} runs in {took:.1f} s, one in {alone:.1f} s"
        yield Row(f"{workload.title}: {runs} runs at once", f"{runs * alone / took:.2f}×", 1, figures)


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
