"""Arrays in an npz file: a data set that folklore prepared, or x_train, y_train, x_test and y_test."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from folklore.data.dataset import PARTS
from folklore.data.raw_dataset import RawDataset, Rows, file_origin
from folklore.execution.errors import UserError

_SUFFIX_OF = {"train": "train", "validation": "val", "test": "test"}
_CHANNELS = (1, 3)


def read_file(path: Path) -> RawDataset:
    try:
        with np.load(path, allow_pickle=False) as archive:
            parts = _parts(dict(archive), path)
    except (zipfile.BadZipFile, ValueError, EOFError, AttributeError, TypeError) as error:
        raise UserError(f"{path} is corrupt or no npz file of plain arrays ({error})") from None
    return RawDataset(parts, (file_origin(path),), f"arrays in {path.name}")


def _parts(arrays: Mapping[str, np.ndarray], path: Path) -> dict[str, Rows]:
    if {"inputs", "labels", "counts"} <= set(arrays):
        ends = np.cumsum(arrays["counts"])[:-1]
        pairs = zip(PARTS, np.split(arrays["inputs"], ends), np.split(arrays["labels"], ends), strict=True)
        return {part: _rows(inputs, labels, path) for part, inputs, labels in pairs if len(labels)}
    if not {"x_train", "y_train", "x_test", "y_test"} <= set(arrays):
        raise UserError(
            f"{path} holds {', '.join(sorted(arrays)) or 'no arrays'}; needed are x_train, y_train, x_test and y_test "
            "(and perhaps x_val and y_val), or inputs, labels and counts"
        )
    return {
        part: _rows(arrays[f"x_{suffix}"], arrays[f"y_{suffix}"], path)
        for part, suffix in _SUFFIX_OF.items()
        if f"x_{suffix}" in arrays
    }


def _rows(inputs: np.ndarray, labels: np.ndarray, path: Path) -> Rows:
    if len(inputs) != labels.size:
        raise UserError(f"{path}: {len(inputs)} inputs, but {labels.size} labels")
    return Rows(_inputs(inputs, path), labels.reshape(-1).astype(str))


def _inputs(array: np.ndarray, path: Path) -> np.ndarray:
    """Features as float32; images as bytes with their channels before height and width."""
    if array.ndim == 2:
        return _features(array, path)
    if array.dtype != np.uint8:
        raise UserError(f"{path}: images are {array.dtype}; whole numbers from 0 to 255 are needed (uint8)")
    if array.ndim == 3:
        return array[:, None]
    if array.ndim == 4 and array.shape[1] in _CHANNELS:
        return array
    if array.ndim == 4 and array.shape[3] in _CHANNELS:
        return np.ascontiguousarray(array.transpose(0, 3, 1, 2))
    raise UserError(f"{path}: inputs of shape {array.shape} are neither features [n, f] nor images of 1 or 3 channels")


def _features(array: np.ndarray, path: Path) -> np.ndarray:
    features = array.astype(np.float32)
    if not np.isfinite(features).all():
        row = int(np.flatnonzero(~np.isfinite(features).all(axis=1))[0])
        raise UserError(f"{path}: row {row} holds a value that is no finite number")
    return features
