"""Tables: CSV files, plain or compressed, with a column for the class."""

import csv
import gzip
import lzma
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from folklore.data.catalogue import CATALOGUE
from folklore.data.raw_dataset import RawDataset, Request, Rows, file_origin
from folklore.execution.errors import UserError, unknown

_OPENERS = {".csv": open, ".csv.xz": lzma.open, ".csv.gz": gzip.open}
SUFFIXES = tuple(_OPENERS)
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
    """Return the named columns as float32, and the classes as text."""
    header = _checked_header(path)
    for column in (*inputs, label):
        if column not in header:
            raise UserError(f"{path}: {unknown('column', column, header)}")
        if header.count(column) > 1:
            raise UserError(f"{path}: column {column!r} is in the header twice. Give each column its own name")
    with _one_message(path):
        table = pd.read_csv(path, index_col=False, usecols=[*inputs, label], dtype={label: str}, keep_default_na=False)
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
    raise UserError(
        f"{path}: say in the study's `data:` block which columns are the `inputs` and which is the `label`; "
        f"there are: {', '.join(_checked_header(path))}"
    )


def _checked_header(path: Path) -> list[str]:
    """Return the names of the columns. Raises UserError for a row with more or fewer fields than there are names.

    pandas would take the first column of longer rows for row names, and drop the last field of a single longer row.
    """
    opener = next(opener for suffix, opener in _OPENERS.items() if path.name.endswith(suffix))
    with _one_message(path), opener(path, "rt", encoding="utf-8-sig", newline="") as handle:
        rows = filter(None, csv.reader(handle))  # blank lines are no rows
        header = next(rows, [])
        wrong = next(((number, len(row)) for number, row in enumerate(rows, 1) if len(row) != len(header)), None)
    if not header:
        raise UserError(f"{path} cannot be read as a CSV table: it is empty")
    if wrong is None:
        return header
    number, fields = wrong
    remedy = "Complete the row" if fields < len(header) else "Name every column, and quote fields that hold a comma"
    raise UserError(
        f"{path}: row {number}: expected {len(header)} fields, one for each name in the header; got {fields}. {remedy}"
    )


@contextmanager
def _one_message(path: Path) -> Iterator[None]:
    try:
        yield
    except (ValueError, EOFError, lzma.LZMAError, zlib.error, csv.Error, OSError) as error:
        raise UserError(f"{path} cannot be read as a CSV table: {error}") from None
