"""Turn a request into a Dataset and its provenance, whatever the source."""

from pkgutil import resolve_name
from typing import Any

import numpy as np

from folklore.data.categories import column_types, encode
from folklore.data.classes import class_labels
from folklore.data.dataset import SPLITS, Dataset, arrays_of, arrays_sha256
from folklore.data.greyscale import greyscale
from folklore.data.raw_dataset import RawDataset, Request, Rows
from folklore.data.resize_crop import resized_and_cropped
from folklore.execution.errors import UserError
from folklore.plan.datasets.known_dataset import known_dataset, reader


def prepare(request: Request) -> tuple[Dataset, dict[str, Any]]:
    """Return the dataset and its provenance. A source that fails raises UserError; no other takes its place."""
    raw = resolve_name(reader(request.name, request.source))(request)
    missing = [split for split in ("train", "test") if split not in raw.splits]
    if missing:
        raise UserError(f"dataset {request.name!r} ({request.source}) has no {' and no '.join(missing)} set")
    raw = resized_and_cropped(request, raw)
    if request.grey:
        raw = greyscale(request, raw)
    rows, counts = _concatenated(request.name, raw.splits)
    labels, classes = _labels(request, raw, rows.labels)
    codes, categories = (None, []) if rows.categories is None else encode(rows.categories)
    dataset = _without_left_out_classes(Dataset(rows.inputs, labels, counts, codes))
    return dataset, _provenance(request, raw, dataset, classes, categories)


def _concatenated(name: str, splits: dict[str, Rows]) -> tuple[Rows, np.ndarray]:
    """Return the rows of all splits, one after the other, and how many each has."""
    found = [splits[split] for split in SPLITS if split in splits]
    shapes = sorted({rows.inputs.shape[1:] for rows in found})
    if len(shapes) > 1:
        raise UserError(f"dataset {name!r}: its splits have inputs of different shapes: {shapes}")
    typed = found[0].categories is not None
    together = Rows(
        inputs=np.concatenate([rows.inputs for rows in found]),
        labels=np.concatenate([rows.labels for rows in found]),
        categories=np.concatenate([rows.categories for rows in found]) if typed else None,
    )
    counts = [len(splits[split].labels) if split in splits else 0 for split in SPLITS]
    return together, np.array(counts, dtype=np.int64)


def _labels(request: Request, raw: RawDataset, names: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Return labels and class names; where the targets are tokens, each token is a class."""
    if names.ndim == 2:
        return names.astype(np.int64), [str(token) for token in range(raw.vocabulary)]
    return class_labels(request, raw.display_names, names)


def _without_left_out_classes(dataset: Dataset) -> Dataset:
    wanted = dataset.labels >= 0
    if wanted.all():
        return dataset
    codes = None if dataset.categorical is None else dataset.categorical[wanted]
    splits = np.repeat(np.arange(len(SPLITS)), dataset.counts)
    counts = np.bincount(splits[wanted], minlength=len(SPLITS))
    return Dataset(dataset.inputs[wanted], dataset.labels[wanted], counts, codes)


def _provenance(
    request: Request, raw: RawDataset, dataset: Dataset, classes: list[str], categories: list[list[str]]
) -> dict[str, Any]:
    known = known_dataset(request.name)
    return {
        "name": request.name,
        "source": request.source,
        "stand_in": request.source == "embedded",
        "origin": [vars(origin) for origin in raw.origin],
        "licence": raw.licence or (known.licence if known else "the user's own data"),
        "description": raw.description + _untrained(dataset, classes),
        "classes": classes,
        "counts": dict(zip(SPLITS, dataset.counts.tolist(), strict=True)),
        "shape": list(dataset.inputs.shape[1:]),
        "columns": column_types(raw.columns, categories),
        "vocabulary": raw.vocabulary,
        "sha256": arrays_sha256(arrays_of(dataset)),
    }


def _untrained(dataset: Dataset, classes: list[str]) -> str:
    """Return a clause on the classes that no training row has, empty where every class has one."""
    missing = np.setdiff1d(dataset.labels, dataset.labels[dataset.rows("train")])
    listed = ", ".join(classes[label] for label in missing)
    return f"; without training rows: {listed}" if listed and dataset.labels.ndim == 1 else ""
