"""TrainResult: the result of every learner, and the files of a run."""

import csv
import io
import math
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from folklore.execution.files import write_json, write_text
from folklore.execution.memory import peak_memory
from folklore.runs.columns import HISTORY, OPTIONAL_HISTORY, RECORDS
from folklore.runs.folder import checksums
from folklore.train.recorders.measurement import Measurement
from folklore.train.scores import finite, part_scores
from folklore.train.weights_file import save_weights

_SEEN = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


@dataclass(frozen=True)
class Stopped:
    """The outcome of early stopping, derived from the full run."""

    epoch: int  # the epoch whose weights and scores early stopping keeps
    stop_epoch: int | None  # the epoch after which it stops; None: not within the budget


@dataclass(frozen=True)
class TrainResult:
    history: list[dict[str, float]]  # one row per epoch with the keys of HISTORY; one row from a learner without epochs
    best_epoch: int | None  # of the lowest validation loss; None if no loss was finite
    diverged_epoch: int | None
    parameters: int | None  # None: nothing was trained
    test_logits: dict[str, np.ndarray]  # by checkpoint
    weights: dict[str, np.ndarray]
    seconds_per_epoch: list[float]
    device: str
    stopped: Stopped | None = None
    device_memory: int | None = None  # peak bytes on a device with its own memory
    initial: dict[str, float] | None = None  # losses and accuracies at initialisation, by the keys of HISTORY
    measurements: dict[str, list[Measurement]] = field(default_factory=dict)  # by recorder


def diverged_parent_result(parent: str, device: str) -> TrainResult:
    """Return the result of a run that a diverged parent left nothing to start from: diverged before its first epoch.

    `parent`: the name of the edge.
    """
    print(f"the run of `parents.{parent}` diverged, so this run counts as diverged before its first epoch", flush=True)
    return TrainResult(
        [], None, diverged_epoch=0, parameters=None, test_logits={}, weights={}, seconds_per_epoch=[], device=device
    )


def write_history(path: Path, trained: TrainResult) -> None:
    known = {name for row in trained.history for name in row}
    columns = (*HISTORY, *(name for name in OPTIONAL_HISTORY if name in known))
    _write_rows(path, columns, trained.history)


def write_records(path: Path, trained: TrainResult) -> None:
    write_measurements(path, trained.measurements)


def write_measurements(path: Path, by_producer: dict[str, list[Measurement]]) -> None:
    """Write one row per measurement of a recorder or a probe; leave out values that are not finite."""
    rows = [
        {"recorder": producer, **vars(found)}
        for producer, measurements in by_producer.items()
        for found in measurements
        if math.isfinite(found.value)
    ]
    _write_rows(path, RECORDS, rows)


def write_scores(path: Path, trained: TrainResult, test_labels: np.ndarray, batch_size: int) -> None:
    """Write the scores last, since they store the checksums of the other files."""
    rows = {"initial": trained.initial}
    if trained.history:
        rows["last"] = trained.history[-1]
    if trained.best_epoch:
        rows["best"] = trained.history[trained.best_epoch - 1]
    if trained.stopped:
        rows["stopped"] = trained.history[trained.stopped.epoch - 1]
    checkpoints: dict[str, Any] = dict.fromkeys(("initial", "last", "best"))
    for name, logits in trained.test_logits.items():
        test = part_scores(logits, test_labels, batch_size)
        known = {key: finite(rows[name][key]) for key in _SEEN}
        checkpoints[name] = known | {f"test_{key}": value for key, value in test.items()}
    scores = {
        "status": "finished" if trained.diverged_epoch is None else "diverged",
        "diverged_epoch": trained.diverged_epoch,
        "epochs": len(trained.history),
        "best_epoch": trained.best_epoch,
        **_early_stopping(trained.stopped),
        "parameters": trained.parameters,
        "checkpoints": checkpoints,
        "checksums": checksums(path.parent),
    }
    write_json(path, scores)


def _early_stopping(stopped: Stopped | None) -> dict[str, int | None]:
    return {"stopped_epoch": stopped.epoch, "stop_epoch": stopped.stop_epoch} if stopped else {}


def write_weights(path: Path, trained: TrainResult) -> None:
    save_weights(path, trained.weights)


def write_cost(path: Path, trained: TrainResult, threads: int) -> None:
    cost: dict[str, Any] = {
        "seconds": sum(trained.seconds_per_epoch),
        "seconds_per_epoch": trained.seconds_per_epoch,
        "peak_memory_bytes": peak_memory(),
        "device": trained.device,
        "peak_device_memory_bytes": trained.device_memory,
        "threads": threads,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "torch": version("torch"),
    }
    write_json(path, cost)


def _write_rows(path: Path, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _short(value) for key, value in row.items()} for row in rows)
    write_text(path, text.getvalue())


def _short(value: Any) -> str:
    """Return nine digits, which hold a float32 exactly; NaN and None become empty."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.9g}"
    return "" if value is None else str(value)
