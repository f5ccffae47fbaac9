"""Dataset and Split: the arrays that every training reads, one file each."""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

import numpy as np

from folklore.execution.errors import UserError
from folklore.execution.files import replacing

PARTS = ("train", "validation", "test")


@dataclass(frozen=True)
class Dataset:
    """Rows of the training part first, then of validation, then of test; `counts` says how many of each."""

    inputs: np.ndarray  # uint8 [n, channels, height, width] or float32 [n, features]
    labels: np.ndarray  # int64 [n]
    counts: np.ndarray  # int64 [3]

    def rows(self, part: str) -> np.ndarray:
        """The row numbers of one part."""
        ends = np.cumsum(self.counts)
        place = PARTS.index(part)
        return np.arange(ends[place] - self.counts[place], ends[place])


@dataclass(frozen=True)
class Split:
    """Disjoint row numbers into a data set, int64."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


Arrays = TypeVar("Arrays", Dataset, Split)


def load_dataset(path: Path) -> Dataset:
    dataset = _load(path, Dataset)
    if not len(dataset.inputs) == len(dataset.labels) == dataset.counts.sum():
        raise UserError(f"{path} is not a whole data set: inputs, labels and counts disagree; {_REMEDY}")
    return dataset


def load_split(path: Path) -> Split:
    return _load(path, Split)


def save(path: Path, arrays: Dataset | Split) -> None:
    """Uncompressed, because a training reads it at every start."""
    with replacing(path) as draft:
        np.savez(draft, **vars(arrays))


def arrays_sha256(arrays: Mapping[str, np.ndarray]) -> str:
    """Over name, type, shape and content of each array, so that it does not depend on how a file stores them."""
    total = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        total.update(f"{name} {array.dtype.str} {array.shape};".encode())
        total.update(array.data)
    return total.hexdigest()


_REMEDY = "delete it and run again to have it written anew"


def _load(path: Path, kind: type[Arrays]) -> Arrays:
    names = [field.name for field in fields(kind)]
    try:
        with np.load(path, allow_pickle=False) as archive:
            return kind(**{name: archive[name] for name in names})
    except FileNotFoundError:
        remedy = f"delete {path.with_suffix('.json')}, if it is there, and run again to have both written anew"
        raise UserError(f"{path} does not exist; {remedy}") from None
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, AttributeError, TypeError) as error:
        raise UserError(f"{path} is corrupt or holds no arrays {', '.join(names)} ({error}); {_REMEDY}") from None
