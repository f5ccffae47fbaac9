"""Arrays in an npz file: a dataset that folklore prepared, or x_train, y_train, x_test and y_test."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from folklore.data.dataset import SPLITS
from folklore.data.raw_dataset import RawDataset, Rows, file_origin
from folklore.execution.errors import UserError

_SUFFIX_OF = {"train": "train", "validation": "val", "test": "test"}
_CHANNELS = (1, 3)


def read_file(path: Path) -> RawDataset:
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = dict(archive)
    except (zipfile.BadZipFile, ValueError, EOFError, AttributeError, TypeError) as error:
        raise UserError(f"{path} is corrupt or not an npz file of plain arrays ({error})") from None
    vocabulary = int(arrays["vocabulary"]) if "vocabulary" in arrays else None
    splits = {
        split: _rows(inputs, labels, vocabulary, path) for split, (inputs, labels) in _splits(arrays, path).items()
    }
    return RawDataset(splits, (file_origin(path),), f"arrays in {path.name}", vocabulary=vocabulary)


def _splits(arrays: Mapping[str, np.ndarray], path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return inputs and labels by split."""
    if {"inputs", "labels", "counts"} <= set(arrays) and "categorical" not in arrays:
        ends = np.cumsum(arrays["counts"])[:-1]
        pairs = zip(SPLITS, np.split(arrays["inputs"], ends), np.split(arrays["labels"], ends), strict=True)
        return {split: (inputs, labels) for split, inputs, labels in pairs if len(labels)}
    if not {"x_train", "y_train", "x_test", "y_test"} <= set(arrays):
        raise UserError(
            f"{path}: expected x_train, y_train, x_test and y_test (and perhaps x_val, y_val), or inputs, labels and "
            f"counts; got {', '.join(sorted(arrays)) or 'no arrays'}"
        )
    return {
        split: (arrays[f"x_{suffix}"], arrays[f"y_{suffix}"])
        for split, suffix in _SUFFIX_OF.items()
        if f"x_{suffix}" in arrays
    }


def _rows(inputs: np.ndarray, labels: np.ndarray, vocabulary: int | None, path: Path) -> Rows:
    if vocabulary is None:
        found = Rows(_inputs(inputs, path), labels.reshape(-1).astype(str))
    elif labels.shape == inputs.shape:
        found = Rows(_tokens(inputs, vocabulary, path), _tokens(labels, vocabulary, path))
    else:
        found = Rows(_tokens(inputs, vocabulary, path), labels.reshape(-1).astype(str))
    if len(found.inputs) != len(found.labels):
        raise UserError(f"{path}: {len(found.inputs)} inputs, but {len(found.labels)} labels")
    return found


def _tokens(array: np.ndarray, vocabulary: int, path: Path) -> np.ndarray:
    """Return token numbers as int32 [n, length]."""
    if array.ndim != 2 or array.dtype.kind not in "iu":
        raise UserError(f"{path}: expected integer tokens [n, length]; got {array.dtype} of shape {array.shape}")
    if array.size and not 0 <= array.min() <= array.max() < vocabulary:
        raise UserError(
            f"{path}: expected tokens from 0 to {vocabulary - 1}, since `vocabulary` is {vocabulary}; "
            f"got {array.min()} to {array.max()}"
        )
    return array.astype(np.int32)


def _inputs(array: np.ndarray, path: Path) -> np.ndarray:
    """Return features as float32, images as bytes with their channels before height and width."""
    if array.ndim == 2:
        return _features(array, path)
    if array.dtype != np.uint8:
        raise UserError(f"{path}: expected images of whole numbers from 0 to 255 (uint8); got {array.dtype}")
    if array.ndim == 3:
        return array[:, None]
    if array.ndim == 4 and array.shape[1] in _CHANNELS:
        return array
    if array.ndim == 4 and array.shape[3] in _CHANNELS:
        return np.ascontiguousarray(array.transpose(0, 3, 1, 2))
    raise UserError(f"{path}: expected features [n, f] or images of 1 or 3 channels; got shape {array.shape}")


def _features(array: np.ndarray, path: Path) -> np.ndarray:
    features = array.astype(np.float32)
    if not np.isfinite(features).all():
        row = int(np.flatnonzero(~np.isfinite(features).all(axis=1))[0])
        raise UserError(f"{path}: row {row}: expected finite numbers; got {array[row].tolist()}")
    return features
