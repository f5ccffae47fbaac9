"""Dataset and Split: the arrays that every training run reads, one file each."""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import TypeVar

import numpy as np

from folklore.execution.errors import UserError
from folklore.execution.files import replacing

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class Dataset:
    """The rows of the training set, then of the validation set, then of the test set."""

    inputs: np.ndarray  # uint8 [n, channels, height, width], float32 [n, numeric columns] or int32 tokens [n, length]
    labels: np.ndarray  # int64 [n]; [n, length] where the targets are tokens
    counts: np.ndarray  # int64 [3], rows of each set
    categorical: np.ndarray | None = None  # int32 codes [n, categorical columns]; 0 is an unknown category

    def rows(self, split: str) -> np.ndarray:
        """Return the row numbers of the training, validation or test set."""
        ends = np.cumsum(self.counts)
        index = SPLITS.index(split)
        return np.arange(ends[index] - self.counts[index], ends[index])


@dataclass(frozen=True)
class Split:
    """Disjoint row numbers of a dataset, int64."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


Arrays = TypeVar("Arrays", Dataset, Split)


def load_dataset(path: Path) -> Dataset:
    dataset = _load(path, Dataset)
    if {len(array) for name, array in arrays_of(dataset).items() if name != "counts"} != {dataset.counts.sum()}:
        raise UserError(f"{path} is not a whole dataset: inputs, labels and counts disagree; {_REMEDY}")
    return dataset


def load_split(path: Path) -> Split:
    return _load(path, Split)


def save(path: Path, arrays: Dataset | Split) -> None:
    """Write the arrays uncompressed, because every training run reads them when it starts."""
    with replacing(path) as draft:
        np.savez(draft, **arrays_of(arrays))


def arrays_of(arrays: Dataset | Split) -> dict[str, np.ndarray]:
    """Return the arrays that there are, by name."""
    return {name: array for name, array in vars(arrays).items() if array is not None}


def arrays_sha256(arrays: Mapping[str, np.ndarray]) -> str:
    """Return the SHA-256 over name, type, shape and content of each array, however a file stores them."""
    total = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        total.update(f"{name} {array.dtype.str} {array.shape};".encode())
        total.update(array.data)
    return total.hexdigest()


_REMEDY = "delete it and run again to have it written again"


def _load(path: Path, kind: type[Arrays]) -> Arrays:
    names = [field.name for field in fields(kind) if field.default is MISSING]
    try:
        with np.load(path, allow_pickle=False) as archive:
            return kind(**{name: archive[name] for name in {*names, *archive}})
    except FileNotFoundError:
        remedy = f"delete {path.with_suffix('.json')}, if it is there, and run again to have both written again"
        raise UserError(f"{path} does not exist; {remedy}") from None
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, AttributeError, TypeError) as error:
        raise UserError(f"{path} is corrupt or holds no arrays {', '.join(names)} ({error}); {_REMEDY}") from None
