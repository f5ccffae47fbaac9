"""Trained: what any learner leaves, and the files that it becomes."""

import csv
import io
import math
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save

from folklore.files import replacing, write_json, write_text
from folklore.history import HISTORY
from folklore.train.memory import peak_memory
from folklore.train.scores import part_scores


@dataclass(frozen=True)
class Trained:
    history: list[dict[str, float]]  # a row an epoch, the keys of HISTORY; a learner without epochs leaves one row
    best_epoch: int | None  # of the lowest validation loss; None where there was no finite one
    diverged_epoch: int | None
    parameters: int
    test_logits: dict[str, np.ndarray]  # of the checkpoints last and best, as far as there are such
    weights: dict[str, np.ndarray]
    seconds_per_epoch: list[float]
    device: str
    device_memory: int | None = None  # bytes, at its largest, of a device with memory of its own


def write_history(path: Path, trained: Trained) -> None:
    text = io.StringIO()
    rows = csv.DictWriter(text, HISTORY, restval="", lineterminator="\n")
    rows.writeheader()
    rows.writerows({key: _short(value) for key, value in row.items()} for row in trained.history)
    write_text(path, text.getvalue())


def write_scores(path: Path, trained: Trained, test_labels: np.ndarray, batch_size: int) -> None:
    epochs = {"last": len(trained.history), "best": trained.best_epoch}
    checkpoints: dict[str, Any] = dict.fromkeys(epochs)
    for name, logits in trained.test_logits.items():
        row = trained.history[epochs[name] - 1]
        seen = {key: row[key] for key in ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")}
        test = part_scores(logits, test_labels, batch_size)
        checkpoints[name] = {**seen, **{f"test_{key}": value for key, value in test.items()}}
    scores = {
        "status": "finished" if trained.diverged_epoch is None else "diverged",
        "diverged_epoch": trained.diverged_epoch,
        "epochs": len(trained.history),
        "best_epoch": trained.best_epoch,
        "parameters": trained.parameters,
        "checkpoints": checkpoints,
    }
    write_json(path, scores)


def write_weights(path: Path, trained: Trained) -> None:
    with replacing(path) as draft:
        draft.write_bytes(save(dict(sorted(trained.weights.items()))))


def write_cost(path: Path, trained: Trained, threads: int) -> None:
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


def _short(value: float | int) -> str:
    """Nine digits carry a float32 exactly; what is not a number is left empty."""
    return str(value) if isinstance(value, int) else ("" if math.isnan(value) else f"{value:.9g}")
