"""Trained: what any learner leaves, and the files that it becomes."""

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
from folklore.runs.columns import HISTORY, RECORDS
from folklore.runs.folder import checksums
from folklore.train.recorders.measurement import Measurement
from folklore.train.scores import finite, part_scores
from folklore.train.weights_file import save_weights

_SEEN = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


@dataclass(frozen=True)
class TrainResult:
    history: list[dict[str, float]]  # a row an epoch, the keys of HISTORY; a learner without epochs leaves one row
    best_epoch: int | None  # of the lowest validation loss; None where there was no finite one
    diverged_epoch: int | None
    parameters: int | None  # None: nothing was trained
    test_logits: dict[str, np.ndarray]  # of the checkpoints initial, last and best, as far as there are such
    weights: dict[str, np.ndarray]
    seconds_per_epoch: list[float]
    device: str
    device_memory: int | None = None  # bytes, at its largest, of a device with memory of its own
    initial: dict[str, float] | None = None  # what was seen before the first update, by the keys of HISTORY
    notes: dict[str, list[Measurement]] = field(default_factory=dict)  # by recorder


def diverged_parent_result(parent: str, device: str) -> TrainResult:
    """Return the result of a run that a diverged parent left nothing to start from: diverged before its first epoch.

    `parent`: the name of the edge.
    """
    print(f"the run of `parents.{parent}` diverged, so this run counts as diverged before its first epoch", flush=True)
    return TrainResult(
        [], None, diverged_epoch=0, parameters=None, test_logits={}, weights={}, seconds_per_epoch=[], device=device
    )


def write_history(path: Path, trained: TrainResult) -> None:
    _write_rows(path, HISTORY, trained.history)


def write_records(path: Path, trained: TrainResult) -> None:
    write_measurements(path, trained.notes)


def write_measurements(path: Path, by_recorder: dict[str, list[Measurement]]) -> None:
    """A row a note; what is not a finite number is left out. A probe's notes make the same rows."""
    notes = [(recorder, note) for recorder, taken in by_recorder.items() for note in taken]
    rows = [{"recorder": recorder, **vars(note)} for recorder, note in notes if math.isfinite(note.value)]
    _write_rows(path, RECORDS, rows)


def write_scores(path: Path, trained: TrainResult, test_labels: np.ndarray, batch_size: int) -> None:
    """Last of a run's files, since the scores vouch for those beside them."""
    rows = {"initial": trained.initial}
    if trained.history:
        rows["last"] = trained.history[-1]
    if trained.best_epoch:
        rows["best"] = trained.history[trained.best_epoch - 1]
    checkpoints: dict[str, Any] = dict.fromkeys(("initial", "last", "best"))
    for name, logits in trained.test_logits.items():
        test = part_scores(logits, test_labels, batch_size)
        at_hand = {key: finite(rows[name][key]) for key in _SEEN}
        checkpoints[name] = at_hand | {f"test_{key}": value for key, value in test.items()}
    scores = {
        "status": "finished" if trained.diverged_epoch is None else "diverged",
        "diverged_epoch": trained.diverged_epoch,
        "epochs": len(trained.history),
        "best_epoch": trained.best_epoch,
        "parameters": trained.parameters,
        "checkpoints": checkpoints,
        "beside": checksums(path.parent),
    }
    write_json(path, scores)


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
    """Nine digits carry a float32 exactly; what is not a number is left empty."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.9g}"
    return "" if value is None else str(value)
