"""Tables: CSV files, plain or compressed, with a column for the class."""

import lzma
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from folklore.data.catalogue import CATALOGUE
from folklore.data.raw_dataset import RawDataset, Request, Rows, file_origin
from folklore.execution.errors import UserError, unknown

SUFFIXES = (".csv", ".csv.xz", ".csv.gz")
_TEST_SHARE = 0.2


def read_file(path: Path, request: Request) -> RawDataset:
    """One table without parts: a fifth of its rows, always the same ones, becomes the test part."""
    rows = read_table(path, *_columns(path, request))
    order = np.random.Generator(np.random.PCG64(0)).permutation(len(rows.labels))
    cut = round(_TEST_SHARE * len(order))
    parts = {"train": np.sort(order[cut:]), "test": np.sort(order[:cut])}
    drawn = f"{cut} of its {len(order)} rows, drawn with seed 0, are for testing"
    return RawDataset(
        parts={part: Rows(rows.inputs[chosen], rows.labels[chosen]) for part, chosen in parts.items()},
        origin=(file_origin(path),),
        description=f"{path.name}, which has no parts: {drawn}",
    )


def read_folder(folder: Path, request: Request) -> RawDataset:
    paths = {part: path for part in ("train", "validation", "test") if (path := table_in(folder, part))}
    return RawDataset(
        parts={part: read_table(path, *_columns(path, request)) for part, path in paths.items()},
        origin=tuple(file_origin(path) for path in paths.values()),
        description=f"{', '.join(path.name for path in paths.values())} in {folder.name}",
    )


def table_in(folder: Path, part: str) -> Path | None:
    return next((path for suffix in SUFFIXES if (path := folder / f"{part}{suffix}").is_file()), None)


def read_table(path: Path, inputs: Sequence[str], label: str) -> Rows:
    """The named columns as float32, and the classes as text."""
    header = _read_csv(path, nrows=0).columns.tolist()
    for column in (*inputs, label):
        if column not in header:
            raise UserError(f"{path}: {unknown('column', column, header)}")
    table = _read_csv(path, usecols=[*inputs, label], dtype={label: str}, keep_default_na=False)
    if table.empty:
        raise UserError(f"{path} has no rows below its header")
    nameless = np.flatnonzero(table[label].str.strip() == "")
    if len(nameless):
        raise UserError(f"{path}: row {nameless[0] + 1} has no class in column {label!r}")
    numbers = np.stack([_numbers(path, table[column]) for column in inputs], axis=1)
    return Rows(numbers, table[label].str.strip().to_numpy(dtype=str))


def _numbers(path: Path, column: pd.Series) -> np.ndarray:
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float32)
    faulty = np.flatnonzero(~np.isfinite(values))
    if len(faulty):
        raise UserError(
            f"{path}: row {faulty[0] + 1} has {str(column.iloc[faulty[0]])!r} in column {column.name!r}, "
            "where a finite number is needed"
        )
    return values


def _columns(path: Path, request: Request) -> tuple[Sequence[str], str]:
    if request.inputs and request.label:
        return request.inputs, request.label
    known = CATALOGUE.get(request.name)
    if known and known.inputs and known.label:
        return known.inputs, known.label
    columns = ", ".join(map(str, _read_csv(path, nrows=0).columns))
    raise UserError(
        f"{path}: say in the study's `data:` block which columns are the `inputs` and which is the `label`; "
        f"there are: {columns}"
    )


def _read_csv(path: Path, **settings) -> pd.DataFrame:
    try:
        return pd.read_csv(path, **settings)
    except (ValueError, EOFError, lzma.LZMAError, zlib.error, OSError) as error:
        raise UserError(f"{path} cannot be read as a CSV table: {error}") from None
