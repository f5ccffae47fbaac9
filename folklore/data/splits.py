"""Splits: which rows of a data set are learned from, validated on and tested on."""

from typing import Any

import numpy as np

from folklore.data.dataset import PARTS, Dataset, Split, arrays_sha256
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
    """Training rows from the front and validation rows from the back of one order of the training part.

    So the parts are disjoint, and more rows with the same seed contain the fewer. So many rows at the front as `skip`
    says serve nobody. Swapped, the order begins at its other end. A data set with a validation part of its own has
    validation rows from an order of that part, which is never reversed. `about` is the provenance of the data set.
    """
    _check(about, skip, train=train, validation=validation, test=test)
    rng = np.random.Generator(np.random.PCG64(seed))
    orders = {part: ordered(dataset.rows(part), dataset.labels, stratified, rng) for part in PARTS}
    order = orders["train"][::-1] if reverse else orders["train"]
    reserve = orders["validation"] if len(orders["validation"]) else order
    return Split(
        train=order[skip : skip + train],
        validation=reserve[::-1][:validation],
        test=dataset.rows("test") if test is None else orders["test"][:test],
    )


def ordered(rows: np.ndarray, labels: np.ndarray, stratified: bool, rng: np.random.Generator) -> np.ndarray:
    """A random order of the rows; if stratified, every beginning and every end of it has the classes' shares."""
    shuffled = rng.permutation(rows)
    if not stratified:
        return shuffled
    place = np.empty(len(shuffled))
    for label in np.unique(labels[shuffled]):
        members = np.flatnonzero(labels[shuffled] == label)
        place[members] = (np.arange(len(members)) + 0.5) / len(members)
    return shuffled[np.argsort(place, kind="stable")]


def description(split: Split, dataset: Dataset, about: dict[str, Any], seed: int, stratified: bool) -> dict[str, Any]:
    """What the file beside the row numbers says."""
    classes = about["classes"]
    return {
        "dataset": about["name"],
        "seed": seed,
        "stratified": stratified,
        "classes": classes,
        "counts": {
            part: np.bincount(dataset.labels[rows], minlength=len(classes)).tolist()
            for part, rows in vars(split).items()
        },
        "sha256": arrays_sha256(vars(split)),
    }


def _check(about: dict[str, Any], skip: int, **asked: int | None) -> None:
    there, who = about["counts"], f"data set {about['name']!r} ({about['source']})"
    for part, number in asked.items():
        if number is not None and number < 1:
            raise UserError(f"{who}: {number} rows for {part} are an empty split; ask for at least 1")
    if not there["test"]:
        raise UserError(f"{who} has no test rows, so nothing could be tested; {_remedy(about)}")
    from_train = skip + asked["train"] + (0 if there["validation"] else asked["validation"])
    if from_train > there["train"]:
        passed = f"{skip} rows to skip, " if skip else ""
        also = "" if there["validation"] else f" and {asked['validation']} for validation"
        raise _too_few(about, f"{passed}{asked['train']} rows for training{also}", "train")
    if there["validation"] and asked["validation"] > there["validation"]:
        raise _too_few(about, f"{asked['validation']} rows for validation", "validation")
    if asked["test"] is not None and asked["test"] > there["test"]:
        raise _too_few(about, f"{asked['test']} rows for testing", "test")


def _too_few(about: dict[str, Any], asked: str, part: str) -> UserError:
    return UserError(
        f"data set {about['name']!r} ({about['source']}) has {about['counts'][part]} rows in its {part} part, "
        f"but the recipe asks for {asked}; {_remedy(about)}"
    )


def _remedy(about: dict[str, Any]) -> str:
    if about["stand_in"]:
        return "set `scale: demo` or, for the real data, `data: {source: official}` in config.yaml"
    return "ask for fewer rows in the study's `data:` block, or set `scale: demo` in config.yaml"
