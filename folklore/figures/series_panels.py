"""Records over the course of training as lines, grouped into panels."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from folklore.figures.bars import Bar
from folklore.figures.lines import intervals
from folklore.figures.records import asked_for, forward
from folklore.figures.rows import read_notes
from folklore.schema.figures.records import SeriesFigure
from folklore.wording.figures import run_ends_words


@dataclass(frozen=True)
class Line:
    """Mean with its interval at each place: an epoch, or a number of updates."""

    places: np.ndarray
    heights: np.ndarray  # NaN on a log axis where every seed is 0
    band: np.ndarray  # [2, places]: low and high ends; NaN where fewer than two seeds have a number
    zeros: np.ndarray  # whether some seeds are exactly 0, on a log axis
    ends: np.ndarray  # whether a run that is shorter than the longest ends there

    @property
    def nothing(self) -> np.ndarray:
        """True where every seed is exactly 0."""
        return self.zeros & np.isnan(self.heights)

    @property
    def pale(self) -> np.ndarray:
        """True where some seeds, but not all, are exactly 0."""
        return self.zeros & np.isfinite(self.heights)

    @property
    def points(self) -> list[Bar]:
        return [Bar(*point) for point in zip(self.heights, *self.band, self.zeros, strict=True)]


@dataclass(frozen=True)
class Panel:
    row: str  # the variant if each variant has rows of its own, else empty
    statistic: str
    column: str  # a name, a variant or a layer
    lines: dict[str, Line]


@dataclass(frozen=True)
class SeriesPanels:
    panels: list[Panel]  # row by row
    lines: tuple[str, ...]  # all names of lines, in order
    seeds: dict[str, int]  # number of seeds by variant
    lengths: list[str]  # one sentence for each variant whose runs differ in length


def read_panels(table: Path, drawing: SeriesFigure) -> SeriesPanels:
    """Return the panels of the drawing; none if the study has no such records."""
    recorded = read_notes(table, drawing.recorder, drawing.variants)
    noted = asked_for(recorded, (drawing.time_point,), drawing.statistics, drawing.names)
    noted = _placed(noted[np.isfinite(noted["value"])], drawing.time_point)
    rows = _arranged(_with_ends(noted), drawing.lines)
    order = {role: _order(rows, role) for role in ("row", "column", "line")}
    line_of = _logarithmic if drawing.log else _linear
    by_line = rows.groupby(["row", "statistic", "column", "line"])
    lines = {key: line_of(numbers) for key, numbers in by_line}
    panels = [
        Panel(row, statistic, column, {line: found[line] for line in order["line"] if line in found})
        for row, statistic, column in product(order["row"], drawing.statistics, order["column"])
        if (found := {key[3]: line for key, line in lines.items() if key[:3] == (row, statistic, column)})
    ]
    seeds = rows.groupby("variant", sort=False)["seed"].nunique().to_dict()
    return SeriesPanels(
        panels, order["line"], seeds, _lengths(noted, "update" if drawing.time_point == "updates" else "epoch")
    )


def _placed(noted: pd.DataFrame, time_point: str) -> pd.DataFrame:
    """Add `place`, the position on the time axis: the epoch, or the number of updates at the end of a window."""
    if time_point == "updates":
        return noted.assign(place=noted["name"].astype(int), name="")
    return noted.assign(place=noted["epoch"].astype(int))


def _lasts(noted: pd.DataFrame) -> pd.DataFrame:
    """Return the `last` place of each run, and the `farthest` of its variant."""
    lasts = noted.groupby(["variant", "seed"], sort=False)["place"].max().rename("last").reset_index()
    return lasts.assign(farthest=lasts.groupby("variant")["last"].transform("max"))


def _with_ends(noted: pd.DataFrame) -> pd.DataFrame:
    """Add `ends`: whether the run ends at this place, before another run of its variant."""
    known = noted.merge(_lasts(noted), on=["variant", "seed"])
    return known.assign(ends=(known["place"] == known["last"]) & (known["last"] < known["farthest"]))


def _lengths(noted: pd.DataFrame, step: str) -> list[str]:
    lasts = _lasts(noted).groupby("variant", sort=False)["last"]
    return [run_ends_words(variant, found.tolist(), step) for variant, found in lasts]


def _arranged(noted: pd.DataFrame, lines: str) -> pd.DataFrame:
    """Add row and column of the panel of each number, and its line there."""
    match lines:
        case "variants":
            return noted.assign(row="", column=noted["name"], line=noted["variant"])
        case "names":
            return noted.assign(row="", column=noted["variant"], line=noted["name"])
    parts = noted["name"].str.partition("/")
    return noted.assign(row=noted["variant"], column=parts[2], line=parts[0])


def _order(rows: pd.DataFrame, role: str) -> tuple[str, ...]:
    """Return the names of a role: variants in the order of the figure, layers in forward order."""
    return forward(rows.groupby("variant", sort=False)[role].unique())


def _linear(rows: pd.DataFrame) -> Line:
    numbers = _by_place(rows)
    mean, *band = intervals(numbers.to_numpy())
    return Line(numbers.index.to_numpy(), mean, np.array(band), np.zeros(len(numbers), dtype=bool), _ends(rows))


def _logarithmic(rows: pd.DataFrame) -> Line:
    """Return geometric means of the non-zero numbers."""
    numbers = _by_place(rows)
    mean, *band = 10 ** intervals(np.log10(numbers.where(numbers > 0)).to_numpy())
    zeros = (numbers <= 0).any(axis="columns").to_numpy()
    return Line(numbers.index.to_numpy(), mean, np.array(band), zeros, _ends(rows))


def _by_place(rows: pd.DataFrame) -> pd.DataFrame:
    """Return place × seed."""
    return rows.pivot(index="place", columns="seed", values="value")


def _ends(rows: pd.DataFrame) -> np.ndarray:
    return rows.groupby("place")["ends"].any().to_numpy()
