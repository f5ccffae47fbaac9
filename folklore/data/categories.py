"""Categories of a table: codes that are the same in every split, and types of the columns for the JSON file."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from folklore.data.classes import in_natural_order
from folklore.data.raw_dataset import Column

UNKNOWN = 0  # code of a missing value, and of a category that the dataset does not have


def encode(values: np.ndarray) -> tuple[np.ndarray, list[list[str]]]:
    """Return the codes, int32, of text [rows, columns], and for each column its categories; the first has code 1."""
    codes = np.full(values.shape, UNKNOWN, dtype=np.int32)
    categories = []
    for index, column in enumerate(values.T):
        found, positions = np.unique(column, return_inverse=True)
        names = in_natural_order(name for name in found.tolist() if name)
        code_of = {name: code for code, name in enumerate(names, start=1)}
        codes[:, index] = np.array([code_of.get(name, UNKNOWN) for name in found.tolist()])[positions]
        categories.append(names)
    return codes, categories


def column_types(columns: Sequence[Column], categories: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Return name, kind and categories of each input column of a table."""
    remaining = iter(categories)
    return [
        {"name": column.name, "kind": "categorical", "categories": next(remaining)}
        if column.categorical
        else {"name": column.name, "kind": "numeric"}
        for column in columns
    ]
