"""Tables: CSV files with a column for the class, the other columns numeric or categorical."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from folklore.data.csv_file import SUFFIXES, numbers, read_columns, read_header
from folklore.data.raw_dataset import Column, RawDataset, Request, Rows, file_origin
from folklore.execution.errors import UserError
from folklore.plan.datasets.known_dataset import known_dataset

_TEST_SHARE = 0.2


def read_file(path: Path, request: Request) -> RawDataset:
    """Read one table; a fifth of its rows, always the same ones, becomes the test set."""
    tables, columns = read_tables({"all": path}, *_names(path, request), request.categorical or ())
    rows = tables["all"]
    order = np.random.Generator(np.random.PCG64(0)).permutation(len(rows.labels))
    cut = round(_TEST_SHARE * len(order))
    return RawDataset(
        splits={"train": rows.select(np.sort(order[cut:])), "test": rows.select(np.sort(order[:cut]))},
        origin=(file_origin(path),),
        description=f"{path.name}; {cut} of its {len(order)} rows, drawn with seed 0, are the test set",
        columns=columns,
    )


def read_folder(folder: Path, request: Request) -> RawDataset:
    paths = {split: path for split in ("train", "validation", "test") if (path := table_in(folder, split))}
    tables, columns = read_tables(paths, *_names(paths["train"], request), request.categorical or ())
    return RawDataset(
        splits=tables,
        origin=tuple(file_origin(path) for path in paths.values()),
        description=f"{', '.join(path.name for path in paths.values())} in {folder.name}",
        columns=columns,
    )


def table_in(folder: Path, split: str) -> Path | None:
    return next((path for suffix in SUFFIXES if (path := folder / f"{split}{suffix}").is_file()), None)


def read_tables(
    paths: Mapping[str, Path], inputs: Sequence[str], label: str, categorical: Sequence[str] = ()
) -> tuple[dict[str, Rows], tuple[Column, ...]]:
    """Return the rows of each table, and the type of each input column.

    A column is categorical if it is named so, or if it has text and no number in the first table.
    """
    tables = {name: read_columns(path, [*inputs, label], text=[label, *categorical]) for name, path in paths.items()}
    first = next(iter(tables.values()))
    columns = tuple(Column(name, name in categorical or _is_text(first[name])) for name in inputs)
    return {name: _rows(paths[name], table, columns, label) for name, table in tables.items()}, columns


def _rows(path: Path, table: pd.DataFrame, columns: Sequence[Column], label: str) -> Rows:
    nameless = np.flatnonzero(table[label] == "")
    if len(nameless):
        raise UserError(f"{path}: row {nameless[0] + 1} has no class in column {label!r}")
    numeric = [column.name for column in columns if not column.categorical]
    categorical = [column.name for column in columns if column.categorical]
    inputs = np.empty((len(table), len(numeric)), dtype=np.float32)
    for place, name in enumerate(numeric):
        inputs[:, place] = numbers(path, table[name])
    texts = [table[name].astype(str).str.strip().to_numpy(dtype=str) for name in categorical]
    return Rows(inputs, table[label].to_numpy(dtype=str), np.stack(texts, axis=1) if texts else None)


def _is_text(column: pd.Series) -> bool:
    if is_numeric_dtype(column):
        return False
    return bool(column.str.strip().any()) and not pd.to_numeric(column, errors="coerce").notna().any()


def _names(path: Path, request: Request) -> tuple[Sequence[str], str]:
    """Return the input columns and the class column."""
    if request.inputs and request.label:
        return request.inputs, request.label
    known = known_dataset(request.name)
    if known and known.inputs and known.label:
        return known.inputs, known.label
    raise UserError(
        f"{path}: say in the study's `data:` block which columns are the `inputs` and which is the `label`; "
        f"there are: {', '.join(read_header(path))}"
    )
