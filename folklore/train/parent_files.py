"""Parent files: what a run takes from the files of its parents."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from folklore.train.pruning import pruning_masks
from folklore.train.weights_file import has_checkpoint, read_weights, save_weights

Files = Mapping[str, Path]  # by name of the edge: weights, mask, teacher

TEACHER = "logits"  # prefix of the tensors in a teacher's file


def diverged_parent(files: Files, settings: dict[str, Any]) -> str | None:
    """Return the name of an edge whose run diverged, and so left nothing to start from; None if there is no such edge.

    A run that diverged has no last weights, and no best ones if it diverged in its first epoch.
    """
    needed = {name: TEACHER if name == "teacher" else settings["parents"][name]["checkpoint"] for name in files}
    return next((name for name, path in files.items() if not has_checkpoint(path, needed[name])), None)


def masks_of(files: Files, settings: dict[str, Any]) -> dict[str, np.ndarray]:
    """Return the pruning masks by parameter name; empty without such a parent."""
    if "mask" not in files:
        return {}
    edge = settings["parents"]["mask"]
    weights = read_weights(files["mask"])
    return pruning_masks(weights, edge["checkpoint"], edge["amount"], edge["scope"], edge["layers"])


def teacher_logits(files: Files) -> np.ndarray | None:
    """Return logits [n, classes] of the training examples, in the order of their rows; None without a teacher."""
    return read_weights(files["teacher"])[f"{TEACHER}.train"] if "teacher" in files else None


def write_teacher_logits(path: Path, logits: np.ndarray | None) -> None:
    """`logits`: None where the teacher diverged; then the file is empty."""
    save_weights(path, {} if logits is None else {f"{TEACHER}.train": np.ascontiguousarray(logits, np.float32)})
