"""Read the tables of a study by variant, in the order that the figure requests."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from folklore.execution.errors import UserError, unknown
from folklore.execution.files import read_json
from folklore.wording.figures import count_words

ABSENT = "None of the variants that this figure names is run at this scale."


@dataclass(frozen=True)
class RunCurves:
    """The curves of one run: column → one value per epoch, `epoch` among the columns."""

    diverged: bool
    columns: dict[str, np.ndarray]

    def __getitem__(self, column: str) -> np.ndarray:
        return self.columns[column]

    @property
    def epochs(self) -> int:
        return len(self.columns["epoch"])


CurvesTable = dict[str, dict[int, RunCurves]]  # variant → seed → run


def read_curves(table: Path, columns: Iterable[str], variants: Iterable[str] | None) -> CurvesTable:
    """Return `epoch` and the given columns of every run; NaN where a cell is empty.

    `runs.csv`, in the folder of the table, says which runs diverged.
    """
    columns = ("epoch", *sorted(columns))
    diverged = _diverged_runs(table.with_name("runs.csv"))
    cells: dict[str, dict[int, list[list[float]]]] = {}
    for row in _rows(table, columns):
        run = cells.setdefault(row["variant"], {}).setdefault(int(row["seed"]), [])
        run.append([_number(row[column]) for column in columns])
    return {
        variant: {
            seed: RunCurves((variant, seed) in diverged, dict(zip(columns, np.array(rows).T, strict=True)))
            for seed, rows in sorted(cells[variant].items())
        }
        for variant in _chosen(cells, variants)
    }


def read_notes(table: Path, recorder: str, variants: Iterable[str] | None) -> pd.DataFrame:
    """Return the rows of records.csv of one recorder or probe, sorted by variant."""
    kinds = {"variant": str, "name": str, "value": float}
    rows = pd.read_csv(table, dtype=kinds, keep_default_na=False, na_values={"value": ["", "nan"], "epoch": [""]})
    rows = rows[rows["recorder"] == recorder]
    order = {name: place for place, name in enumerate(_chosen(rows["variant"].unique(), variants))}
    rows = rows[rows["variant"].isin(order)]
    return rows.sort_values("variant", key=lambda names: names.map(order), kind="stable")


def read_facts(table: Path, variants: Iterable[str] | None) -> dict[str, Any]:
    facts = read_json(table)
    return {name: facts[name] for name in _chosen(facts, variants)}


def first_of(found: dict[str, Any], most: int, noun: str = "variant") -> tuple[dict[str, Any], str]:
    """Return the first `most` entries, and a sentence that says so; an empty sentence if there are no more."""
    if len(found) <= most:
        return found, ""
    return dict(islice(found.items(), most)), f"the first {most} of {count_words(len(found), noun)}"


def _diverged_runs(table: Path) -> set[tuple[str, int]]:
    rows = _rows(table, ("variant", "seed", "status"))
    return {(row["variant"], int(row["seed"])) for row in rows if row["status"] == "diverged"}


def _rows(table: Path, columns: Iterable[str]) -> Iterable[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        for column in columns:
            if column not in (reader.fieldnames or ()):
                raise UserError(f"{table}: {unknown('column', column, reader.fieldnames or ())}")
        yield from reader


def _chosen(present: Iterable[str], asked: Iterable[str] | None) -> list[str]:
    """Return the requested variants that the table has; some may be absent at this scale."""
    present = list(present)
    return present if asked is None else [name for name in asked if name in present]


def _number(cell: str) -> float:
    return float(cell) if cell else float("nan")
