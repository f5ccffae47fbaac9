"""Training throughput: folklore's loop compared with that of a notebook, on one thread."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from torch.utils.data import DataLoader

from benchmarks import notebook
from benchmarks.clock import alternately
from benchmarks.quietly import train_quietly
from benchmarks.row import Row, compared
from benchmarks.workloads import WORKLOADS, Workload
from folklore.data.input_spec import InputSpec
from folklore.train.batches import batches_by_split
from folklore.train.device import device_named
from folklore.train.evaluation import evaluate
from folklore.train.examples import Examples
from folklore.train.network import build_model

TURNS = 7


def measure() -> Iterator[Row]:
    for workload in WORKLOADS:
        yield from _compare(workload)


def _compare(workload: Workload) -> Iterator[Row]:
    """Folklore also evaluates the training set, and all sets at initialisation, so its whole epochs do more work."""
    torch.set_num_threads(1)
    data = workload.examples()
    updates, validation = _notebook(workload, data)
    epochs, evaluations = _ours(workload, data)
    sides = {"updates": updates, "epochs": epochs, "validation": validation, "evaluations": evaluations}
    took = alternately(TURNS, warm_up=1, **sides)
    ours = {"updates": took["epochs"] - took["evaluations"], "epochs": took["epochs"]}
    theirs = {"updates": took["updates"], "epochs": took["updates"] + took["validation"]}
    for part, note in (("updates", "updates alone"), ("epochs", "whole epochs")):
        figures = f"{_rate(workload, ours[part])} vs {_rate(workload, theirs[part])} examples/s"
        yield compared(f"{workload.title}: {note}", theirs[part], ours[part], figures)


def _rate(workload: Workload, took: np.ndarray) -> str:
    return f"{workload.train * workload.epochs / np.median(took[:, 0]):,.0f}"


def _notebook(workload: Workload, data: Examples) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return (epochs of updates, the same number of passes over the validation set)."""
    sets = {part: notebook.examples(data.inputs[part], data.labels[part]) for part in ("train", "validation")}
    loaders = {part: DataLoader(each, workload.batch_size, shuffle=part == "train") for part, each in sets.items()}
    model = workload.textbook()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01)

    def updates() -> None:
        for _ in range(workload.epochs):
            notebook.train_one_epoch(model, loaders["train"], optimiser)

    def validation() -> None:
        for _ in range(workload.epochs):
            notebook.validate(model, loaders["validation"])

    return updates, validation


def _ours(workload: Workload, data: Examples) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return (whole epochs, the same number of passes over the training and the validation set)."""
    parts = batches_by_split(data, device_named("cpu"))
    model = parts["train"].match_memory_format(build_model(workload.model, InputSpec(workload.shape), workload.classes))

    def evaluations() -> None:
        for _ in range(workload.epochs + 1):
            evaluate(model, parts["train"])
            evaluate(model, parts["validation"])

    return partial(train_quietly, workload.settings(), data), evaluations
