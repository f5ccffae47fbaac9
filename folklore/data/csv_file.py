"""CSV files, plain or compressed, read strictly: every row has as many fields as the header has names."""

import csv
import gzip
import lzma
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from folklore.execution.errors import UserError, unknown

_OPENERS = {".csv": open, ".csv.xz": lzma.open, ".csv.gz": gzip.open}
SUFFIXES = tuple(_OPENERS)


def read_header(path: Path) -> list[str]:
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


def read_columns(path: Path, columns: Sequence[str], text: Sequence[str]) -> pd.DataFrame:
    """Return some columns; those in `text` as they are written, without blanks around them."""
    header = read_header(path)
    for column in columns:
        if column not in header:
            raise UserError(f"{path}: {unknown('column', column, header)}")
        if header.count(column) > 1:
            raise UserError(f"{path}: column {column!r} is in the header twice. Give each column its own name")
    with _one_message(path):
        table = pd.read_csv(
            path, index_col=False, usecols=list(columns), dtype=dict.fromkeys(text, str), keep_default_na=False
        )
    if table.empty:
        raise UserError(f"{path} has no rows below its header")
    return table.assign(**{column: table[column].str.strip() for column in text})


def numbers(path: Path, column: pd.Series) -> np.ndarray:
    """Return a column as float32 [rows]. Raises UserError for a value that is no finite number."""
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float32)
    wrong = np.flatnonzero(~np.isfinite(values))
    if len(wrong):
        raise UserError(
            f"{path}: row {wrong[0] + 1}: column {column.name!r}: expected a finite number; "
            f"got {str(column.iloc[wrong[0]])!r}. Correct it, or name the column in `categorical`"
        )
    return values


@contextmanager
def _one_message(path: Path) -> Iterator[None]:
    try:
        yield
    except (ValueError, EOFError, lzma.LZMAError, zlib.error, csv.Error, OSError) as error:
        raise UserError(f"{path} cannot be read as a CSV table: {error}") from None
