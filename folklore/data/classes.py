"""Classes of a dataset: their names, their order, and the label of every row."""

from collections.abc import Iterable

import numpy as np

from folklore.data.raw_dataset import Request
from folklore.execution.errors import UserError, unknown
from folklore.plan.datasets.known_dataset import KnownDataset, known_dataset


def class_labels(request: Request, display_names: dict[str, str], names: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Return the label of each row, int64, −1 where its class is left out; and the names of the classes by label.

    `names` are those of the source, one per row.
    """
    found, positions = np.unique(names, return_inverse=True)
    ordered = _in_order(request.name, found.tolist())
    if request.classes is None:
        _check_spelling(request.name, ordered)
    new_names = _new_names(request, ordered, display_names)
    classes = list(dict.fromkeys(new_names.values()))
    if len(classes) < 2:
        raise UserError(f"dataset {request.name!r}: expected at least 2 classes; got {classes[0]!r}. Check `classes`")
    numbers = [classes.index(new_names[name]) if name in new_names else -1 for name in found.tolist()]
    return np.array(numbers, dtype=np.int64)[positions], classes


def class_names(known: KnownDataset, labels: np.ndarray) -> np.ndarray:
    """Return the names of the classes of a known dataset for labels that are names already, or numbers from 0."""
    found, positions = np.unique(labels, return_inverse=True)
    numbered = {str(number): name for number, name in enumerate(known.classes)}
    names = [label if label in known.classes else numbered.get(label) for label in found.tolist()]
    foreign = [label for label, name in zip(found.tolist(), names, strict=True) if name is None]
    if foreign:
        raise UserError(
            f"{known.title} has no class {', '.join(foreign[:5])}; its classes are {', '.join(known.classes)}. "
            "Give a dataset of your own another name"
        )
    return np.array(names)[positions]


def in_natural_order(names: Iterable[str]) -> list[str]:
    """Return whole numbers sorted as numbers, anything else as text."""
    names = list(names)
    return sorted(names, key=int if all(name.isdecimal() for name in names) else str)


def _in_order(data_set: str, names: list[str]) -> list[str]:
    if known := known_dataset(data_set):
        return [name for name in known.classes if name in names]
    return in_natural_order(names)


def _check_spelling(data_set: str, names: list[str]) -> None:
    """Raises UserError for two classes that differ in spelling alone, such as 1 and 1.0 or cat and Cat."""
    spellings: dict[str, str] = {}
    for name in names:
        same = spellings.setdefault(_plain(name), name)
        if same != name:
            raise UserError(
                f"dataset {data_set!r}: classes {same!r} and {name!r} differ in spelling alone. Write them alike, "
                "or name both in `classes`"
            )


def _plain(name: str) -> str:
    try:
        return str(float(name))
    except ValueError:
        return name.casefold()


def _new_names(request: Request, names: list[str], display_names: dict[str, str]) -> dict[str, str]:
    """Return name in the source → name here, in the order of the source; classes that are left out are missing."""
    if request.classes is None:
        return {name: display_names.get(name, name) for name in names}
    for name in request.classes:
        if name not in names:
            raise UserError(f"dataset {request.name!r}: classes: {unknown('class', name, names)}")
    suffix = " (stand-in)" if request.source == "embedded" else ""
    return {name: request.classes[name] + suffix for name in names if name in request.classes}
