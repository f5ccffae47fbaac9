"""One training run of folklore on a device: its time, whether it resumes with the same bytes, several at once."""

import signal
import threading
from contextlib import redirect_stdout, suppress
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from benchmarks.gpu.workloads import EPOCHS, Workload
from folklore.execution.in_progress import STATE
from folklore.execution.interruption import Interrupted
from folklore.train import loop
from folklore.train.checkpointing.file_checkpointer import FileCheckpointer
from folklore.train.examples import Examples
from folklore.train.learners import gradient_descent
from folklore.train.learners.learner import TrainingJob

AUGMENTATION = {
    "flip": {"horizontal": 0.5, "vertical": 0.0},
    "shift": {"pixels": 2, "fill": "zero"},
    "rotation": None,
    "colour": None,
    "noise": {"sd": 0.05, "clip": True},
}


def train(
    workload: Workload, data: Examples, device: str, resume: Path | None = None, **other: object
) -> dict[str, np.ndarray]:
    """Return the weights of a run whose progress is not printed."""
    job = TrainingJob(workload.settings(**other), data, seed=1, device=device, resume=resume)
    with redirect_stdout(StringIO()):
        return gradient_descent.fit(job).weights


class StopHalfWay(FileCheckpointer):
    """Sends SIGTERM after a number of mini-batches, as a cluster does when the time is up."""

    def __init__(self, folder: Path, batches: int):
        super().__init__(folder)
        self.left = batches

    def after_batch(self) -> None:
        self.left -= 1
        if self.left == 0:
            signal.raise_signal(signal.SIGTERM)
        super().after_batch()


def resumes_with_the_same_bytes(workload: Workload, device: str) -> bool:
    """Compare an uninterrupted run with one that is stopped by SIGTERM half-way and resumed.

    Dropout, batch norm, Adam and augmentation are on, so every stream of random numbers counts.
    """
    data = workload.examples()
    hard = {
        "model": workload.model | {"dropout": 0.3, "batch_norm": True},
        "optimiser": {"name": "adam", "lr": 0.001, "betas": [0.9, 0.999], "weight_decay": 0.0},
        "augmentation": AUGMENTATION,
    }
    whole = train(workload, data, device, **hard)
    with TemporaryDirectory() as name:
        folder = Path(name)
        job = TrainingJob(workload.settings(**hard), data, seed=1, device=device, resume=folder)
        half = EPOCHS * workload.train // workload.batch_size // 2
        with suppress(Interrupted), redirect_stdout(StringIO()):
            loop.train(job, StopHalfWay(folder, half))
        if not (folder / STATE).exists():
            raise RuntimeError("the run was not interrupted, so there is nothing to resume")
        resumed = train(workload, data, device, folder, **hard)
    return whole.keys() == resumed.keys() and all(whole[name].tobytes() == resumed[name].tobytes() for name in whole)


def together(workload: Workload, device: str, runs: int) -> float:
    """Return the seconds that this number of processes takes to train the workload once each, at the same time."""
    context = get_context("spawn")
    ready, go = context.Barrier(runs + 1), context.Event()
    processes = [context.Process(target=_when_all_are_ready, args=(workload, device, ready, go)) for _ in range(runs)]
    for process in processes:
        process.start()
    ready.wait()
    began = perf_counter()
    go.set()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError(f"{runs} runs at once on {device}: a process failed")
    return perf_counter() - began


def _when_all_are_ready(workload: Workload, device: str, ready: threading.Barrier, go: threading.Event) -> None:
    """The first run of a process starts the device; it is over before the clock starts."""
    data = workload.examples()
    train(workload, data, device, epochs=1)
    ready.wait()
    go.wait()
    train(workload, data, device)
