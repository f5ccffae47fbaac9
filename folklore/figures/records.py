"""Records of a study as a figure requests them: one number per seed."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pandas as pd

from folklore.figures.rows import read_notes
from folklore.schema.figures.records import SnapshotFigure
from folklore.wording.figures import time_point_words

_EPOCHS = 4  # greatest number of epochs that are drawn

Cell = tuple[str, "Instant", str, str]  # variant, instant, statistic, name of a tensor


@dataclass(frozen=True)
class Instant:
    """A time point; `after_epoch` has the number of its epoch."""

    time_point: str
    epoch: int | None = None


@dataclass(frozen=True)
class Records:
    names: tuple[str, ...]  # of tensors, in the order of the forward pass
    variants: tuple[str, ...]
    instants: tuple[Instant, ...]
    seeds: dict[str, set[int]]  # by variant
    cells: dict[Cell, dict[int, float]]  # by seed

    @property
    def infinite(self) -> bool:
        """True if some tensor has no finite number in any seed, such as a gradient relative to zero weights."""
        return any(not np.isfinite(list(by_seed.values())).any() for by_seed in self.cells.values())

    def negative(self, statistic: str) -> bool:
        return any(
            value < 0 for cell, by_seed in self.cells.items() if cell[2] == statistic for value in by_seed.values()
        )

    def values(self, *cell: str | Instant) -> np.ndarray:
        """Return the finite numbers of one cell, one per seed."""
        numbers = np.array(list(self.cells.get(cell, {}).values()))
        return numbers[np.isfinite(numbers)]


def read_records(table: Path, drawing: SnapshotFigure) -> Records:
    recorded = read_notes(table, drawing.recorder, drawing.variants)
    asked = asked_for(recorded, drawing.time_points, drawing.statistics, (drawing.names,))
    variants = tuple(asked["variant"].unique())
    cells: dict[Cell, dict[int, float]] = {}
    for row in asked.itertuples():
        cell = (row.variant, _instant(row.time_point, row.epoch), row.statistic, row.name)
        cells.setdefault(cell, {})[row.seed] = row.value
    return Records(
        names=forward(asked.groupby("variant", sort=False)["name"].unique()),
        variants=variants,
        instants=_instants({cell[1] for cell in cells}, drawing.time_points),
        seeds={variant: set(recorded.loc[recorded["variant"] == variant, "seed"]) for variant in variants},
        cells=cells,
    )


def asked_for(
    rows: pd.DataFrame, time_points: Iterable[str], statistics: Iterable[str], names: Iterable[str]
) -> pd.DataFrame:
    """Return the rows of the requested time points, statistics and names; `names` are shell patterns."""
    chosen = [name for name in rows["name"].unique() if any(fnmatchcase(name, pattern) for pattern in names)]
    return rows[rows["time_point"].isin(time_points) & rows["statistic"].isin(statistics) & rows["name"].isin(chosen)]


def gaps(records: Records, recorder: str) -> list[str]:
    """Return one sentence per group of runs that lack records which other runs have."""
    found: dict[tuple[str, tuple[Instant, ...]], list[str]] = {}
    for variant in records.variants:
        for seed in sorted(set().union(*records.seeds.values())):
            without = tuple(instant for instant in records.instants if not _has(records, variant, instant, seed))
            if without:
                found.setdefault((variant, without), []).append(str(seed))
    return [
        f"{variant}, seed {', '.join(seeds)}: nothing recorded{_when(records, recorder, without)}"
        for (variant, without), seeds in found.items()
    ]


def _when(records: Records, recorder: str, instants: tuple[Instant, ...]) -> str:
    words = ", ".join(time_point_words(recorder, instant.time_point, instant.epoch) for instant in instants)
    return "" if instants == records.instants else f" ({words})"


def _has(records: Records, variant: str, instant: Instant, seed: int) -> bool:
    numbers = [by_seed.get(seed, np.nan) for cell, by_seed in records.cells.items() if cell[:2] == (variant, instant)]
    return bool(np.isfinite(numbers).any())


def _instant(time_point: str, epoch: float) -> Instant:
    """Return the instant of a row; `end` is one instant, whatever the number of epochs."""
    return Instant(time_point, int(epoch) if time_point == "after_epoch" else None)


def _instants(found: set[Instant], time_points: Iterable[str]) -> tuple[Instant, ...]:
    """Return the instants in the requested order; of many epochs the first, the last, and some evenly between."""
    chosen = []
    for time_point in time_points:
        same = sorted(
            (instant for instant in found if instant.time_point == time_point), key=lambda one: one.epoch or 0
        )
        places = np.linspace(0, len(same) - 1, min(_EPOCHS, len(same))).round().astype(int)
        chosen += [same[place] for place in places] or [Instant(time_point)]
    return tuple(chosen)


def forward(orders: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Merge the names of all variants in forward order; a name of some networks alone follows its predecessor there."""
    merged: list[str] = []
    for order in orders:
        place = 0 if set(order) & set(merged) else len(merged)
        for name in order:
            if name not in merged:
                merged.insert(place, name)
            place = merged.index(name) + 1
    return tuple(merged)
