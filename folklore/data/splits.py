"""Splits: which rows of a dataset are trained on, validated on and tested on."""

from typing import Any

import numpy as np

from folklore.data.dataset import SPLITS, Dataset, Split, arrays_of, arrays_sha256
from folklore.execution.errors import UserError


def draw(
    dataset: Dataset,
    about: dict[str, Any],
    train: int,
    validation: int,
    test: int | None,
    seed: int,
    stratified: bool,
    skip: int,
    reverse: bool,
) -> Split:
    """Return training rows from the front and validation rows from the back of one shuffled order of the training set.

    So the two are disjoint, and a larger training set contains every smaller one of the same seed. The first `skip`
    rows are used by neither; `reverse` reverses the order. A dataset with a validation set of its own takes the
    validation rows from an order of that set, which is never reversed. `about` is the provenance of the dataset.
    """
    _check(about, skip, train=train, validation=validation, test=test)
    if stratified and dataset.labels.ndim > 1:
        raise UserError(f"dataset {about['name']!r}: `stratified` needs one class per row; its targets are tokens")
    rng = np.random.Generator(np.random.PCG64(seed))
    orders = {name: ordered(dataset.rows(name), dataset.labels, stratified, rng) for name in SPLITS}
    order = orders["train"][::-1] if reverse else orders["train"]
    reserve = orders["validation"] if len(orders["validation"]) else order
    return Split(
        train=order[skip : skip + train],
        validation=reserve[::-1][:validation],
        test=dataset.rows("test") if test is None else orders["test"][:test],
    )


def ordered(rows: np.ndarray, labels: np.ndarray, stratified: bool, rng: np.random.Generator) -> np.ndarray:
    """Return the rows in random order; if stratified, every beginning and every end of it has the class shares."""
    shuffled = rng.permutation(rows)
    if not stratified:
        return shuffled
    rank = np.empty(len(shuffled))
    for label in np.unique(labels[shuffled]):
        members = np.flatnonzero(labels[shuffled] == label)
        rank[members] = (np.arange(len(members)) + 0.5) / len(members)
    return shuffled[np.argsort(rank, kind="stable")]


def description(split: Split, dataset: Dataset, about: dict[str, Any], seed: int, stratified: bool) -> dict[str, Any]:
    """Return the content of the JSON file of a split."""
    classes = about["classes"]
    return {
        "dataset": about["name"],
        "seed": seed,
        "stratified": stratified,
        "classes": classes,
        "counts": {
            name: np.bincount(dataset.labels[rows].ravel(), minlength=len(classes)).tolist()
            for name, rows in vars(split).items()
        },
        "sha256": arrays_sha256(arrays_of(split)),
    }


def _check(about: dict[str, Any], skip: int, **requested: int | None) -> None:
    there, owner = about["counts"], f"dataset {about['name']!r} ({about['source']})"
    for name, number in requested.items():
        if number is not None and number < 1:
            raise UserError(f"{owner}: {number} rows for {name} are an empty split; ask for at least 1")
    if not there["test"]:
        raise UserError(f"{owner} has no test rows, so nothing could be tested; {_remedy(about)}")
    from_train = skip + requested["train"] + (0 if there["validation"] else requested["validation"])
    if from_train > there["train"]:
        skipped = f"{skip} rows to skip, " if skip else ""
        also = "" if there["validation"] else f" and {requested['validation']} for validation"
        raise _too_few(about, f"{skipped}{requested['train']} rows for training{also}", "train")
    if there["validation"] and requested["validation"] > there["validation"]:
        raise _too_few(about, f"{requested['validation']} rows for validation", "validation")
    if requested["test"] is not None and requested["test"] > there["test"]:
        raise _too_few(about, f"{requested['test']} rows for testing", "test")


def _too_few(about: dict[str, Any], requested: str, name: str) -> UserError:
    return UserError(
        f"dataset {about['name']!r} ({about['source']}) has {about['counts'][name]} rows in its {name} set, "
        f"but the recipe asks for {requested}; {_remedy(about)}"
    )


def _remedy(about: dict[str, Any]) -> str:
    if about["stand_in"]:
        return "set `scale: demo` or, for the real data, `data: {source: official}` in config.yaml"
    return "ask for fewer rows in the study's `data:` block, or set `scale: demo` in config.yaml"
