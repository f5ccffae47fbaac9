"""Request and RawDataset: the argument and the result of a reader of data."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np


@dataclass(frozen=True)
class Request:
    """The settings of a recipe that determine its dataset, and the folder for downloaded archives."""

    name: str
    source: str
    downloads: Path
    path: str | None = None
    inputs: list[str] | None = None
    label: str | None = None
    categorical: list[str] | None = None
    classes: dict[str, str] | None = None
    grey: bool = False
    resize: int | None = None
    crop: int | None = None


@dataclass(frozen=True)
class Rows:
    """Examples of one split, with names in place of codes until the rows of all splits are known."""

    inputs: np.ndarray  # as in Dataset
    labels: np.ndarray  # names of classes, text [n]; or tokens, integers [n, length]
    categories: np.ndarray | None = None  # text [n, categorical columns]; empty where a value is missing

    def select(self, chosen: np.ndarray) -> Self:
        """Return the rows that an array of row numbers or booleans chooses."""
        categories = None if self.categories is None else self.categories[chosen]
        return type(self)(self.inputs[chosen], self.labels[chosen], categories)


@dataclass(frozen=True)
class Column:
    """A column of a table that is an input."""

    name: str
    categorical: bool


@dataclass(frozen=True)
class DataOrigin:
    place: str  # URL, path or generator
    sha256: str


@dataclass(frozen=True)
class RawDataset:
    splits: dict[str, Rows]  # train and test, and validation where the source has one
    origin: tuple[DataOrigin, ...]
    description: str
    licence: str | None = None  # None: the licence of the known dataset
    display_names: dict[str, str] = field(default_factory=dict)  # class → its name in a stand-in, which has others
    columns: tuple[Column, ...] = ()  # of a table, in the order of the study
    vocabulary: int | None = None  # number of tokens, where the inputs are tokens
    resized: bool = False  # whether the reader has resized and cropped the images


def file_origin(path: Path, place: str | None = None) -> DataOrigin:
    with path.open("rb") as file:
        return DataOrigin(place or str(path), hashlib.file_digest(file, "sha256").hexdigest())


def folder_origin(folder: Path, contents: Iterable[tuple[str, bytes]]) -> DataOrigin:
    """Return one checksum for many files, over the sorted pairs of name and SHA-256."""
    total = hashlib.sha256()
    for name, digest in sorted(contents):
        total.update(os.fsencode(name) + b"\0" + digest)
    return DataOrigin(str(folder), total.hexdigest())
