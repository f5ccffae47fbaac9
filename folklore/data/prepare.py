"""From a request to a Dataset with its provenance, whatever the source."""

from collections.abc import Iterable
from pkgutil import resolve_name
from typing import Any

import numpy as np

from folklore.data import DATASETS
from folklore.data.catalogue import CATALOGUE
from folklore.data.dataset import PARTS, Dataset, arrays_sha256
from folklore.data.framing import framed
from folklore.data.grey import greyed
from folklore.data.raw_dataset import RawDataset, Request, Rows
from folklore.execution.errors import UserError, unknown


def prepare(request: Request) -> tuple[Dataset, dict[str, Any]]:
    """The data set and its provenance. A source that fails raises; no other takes its place."""
    material = resolve_name(reader(request.name, request.source))(request)
    missing = [part for part in ("train", "test") if part not in material.parts]
    if missing:
        raise UserError(f"data set {request.name!r} ({request.source}) has no {' and no '.join(missing)} part")
    material = framed(request, material)
    if request.grey:
        material = greyed(request, material)
    names = _classes_in_order(request.name, material.parts.values())
    if request.classes is None:
        _check_spelling(request.name, names)
    translation = _translation(request, names, material.shown)
    classes = list(dict.fromkeys(translation.values()))
    if len(classes) < 2:
        raise UserError(f"data set {request.name!r} has one class, {classes[0]!r}; two are the least to tell apart")
    dataset = _assembled(request.name, material.parts, translation, classes)
    return dataset, _provenance(request, material, dataset, classes)


def reader(name: str, source: str) -> str:
    """The target, `module:function`, that reads a data set from a source."""
    if name in DATASETS:
        return DATASETS[name][source]
    if source != "local":
        raise UserError(f"{unknown('data set', name, DATASETS)}; a set of your own needs `source: local` and `path`")
    return "folklore.data.local:read"


def _classes_in_order(name: str, parts: Iterable[Rows]) -> list[str]:
    present = set().union(*(np.unique(rows.labels).tolist() for rows in parts))
    if name in CATALOGUE:
        return [label for label in CATALOGUE[name].classes if label in present]
    numbers = all(label.isdecimal() for label in present)
    return sorted(present, key=int if numbers else str)


def _check_spelling(name: str, names: list[str]) -> None:
    """Raises UserError for two classes that differ in spelling alone, such as 1 and 1.0 or cat and Cat."""
    spellings: dict[str, str] = {}
    for label in names:
        same = spellings.setdefault(_plain(label), label)
        if same != label:
            raise UserError(
                f"data set {name!r}: classes {same!r} and {label!r} differ in spelling alone. Write them alike, "
                "or name both in `classes`"
            )


def _plain(label: str) -> str:
    try:
        return str(float(label))
    except ValueError:
        return label.casefold()


def _translation(request: Request, names: list[str], shown: dict[str, str]) -> dict[str, str]:
    """Name in the source → name here, in the order of the source; classes that are not wanted are missing."""
    if request.classes is None:
        return {name: shown.get(name, name) for name in names}
    for name in request.classes:
        if name not in names:
            raise UserError(f"data set {request.name!r}: classes: {unknown('class', name, names)}")
    suffix = " (stand-in)" if request.source == "embedded" else ""
    return {name: request.classes[name] + suffix for name in names if name in request.classes}


def _assembled(name: str, parts: dict[str, Rows], translation: dict[str, str], classes: list[str]) -> Dataset:
    chosen = [_selected(parts[part], translation, classes) for part in PARTS if part in parts]
    shapes = sorted({inputs.shape[1:] for inputs, _ in chosen})
    if len(shapes) > 1:
        raise UserError(f"data set {name!r}: its parts hold inputs of different shapes: {shapes}")
    counts = dict(zip([part for part in PARTS if part in parts], (len(labels) for _, labels in chosen), strict=True))
    return Dataset(
        inputs=np.concatenate([inputs for inputs, _ in chosen]),
        labels=np.concatenate([labels for _, labels in chosen]),
        counts=np.array([counts.get(part, 0) for part in PARTS], dtype=np.int64),
    )


def _selected(rows: Rows, translation: dict[str, str], classes: list[str]) -> tuple[np.ndarray, np.ndarray]:
    found, positions = np.unique(rows.labels, return_inverse=True)
    numbers = [classes.index(translation[name]) if name in translation else -1 for name in found.tolist()]
    labels = np.array(numbers, dtype=np.int64)[positions]
    wanted = labels >= 0
    return (rows.inputs, labels) if wanted.all() else (rows.inputs[wanted], labels[wanted])


def _provenance(request: Request, material: RawDataset, dataset: Dataset, classes: list[str]) -> dict[str, Any]:
    known = CATALOGUE.get(request.name)
    return {
        "name": request.name,
        "source": request.source,
        "stand_in": request.source == "embedded",
        "origin": [vars(origin) for origin in material.origin],
        "licence": material.licence or (known.licence if known else "the user's own data"),
        "description": material.description + _untrained(dataset, classes),
        "classes": classes,
        "counts": dict(zip(PARTS, dataset.counts.tolist(), strict=True)),
        "shape": list(dataset.inputs.shape[1:]),
        "sha256": arrays_sha256(vars(dataset)),
    }


def _untrained(dataset: Dataset, classes: list[str]) -> str:
    """Return a clause on the classes that no training row has, empty where there are none."""
    missing = np.setdiff1d(dataset.labels, dataset.labels[dataset.rows("train")])
    listed = ", ".join(classes[label] for label in missing)
    return f"; without training rows: {listed}" if listed else ""
