"""Evidence: what the runs of a study left behind, looked up by variant and seed."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd

from folklore.analysis.csv_tables import read_table
from folklore.execution.files import read_json
from folklore.runs.columns import RECORDS
from folklore.schema.selection import Selection


def nothing_recorded() -> pd.DataFrame:
    return pd.DataFrame(columns=("variant", "seed", *RECORDS))


@dataclass(frozen=True)
class Evidence:
    runs: pd.DataFrame  # a row a run
    curves: pd.DataFrame  # a row an epoch of a run
    facts: dict[str, Any]  # by variant, what can be said without training
    records: pd.DataFrame = field(default_factory=nothing_recorded)  # a row a number that a recorder took
    selections: dict[str, Selection] = field(default_factory=dict)
    selected: dict[str, str] = field(default_factory=dict)  # selection → the variant that it chose

    @classmethod
    def read(cls, runs: Path, curves: Path, records: Path, facts: Path) -> Self:
        return cls(read_table(runs), read_table(curves), read_json(facts), read_table(records))

    def variant(self, name: str) -> str:
        """What a selection chose; any other name means itself."""
        return self.selected.get(name, name)

    def candidates(self, selection: Selection) -> tuple[str, ...]:
        """The variants that it chooses among; some may not have been run at this scale."""
        return selection.candidates(self.runs["variant"].unique())

    def behind(self, name: str) -> tuple[str, ...]:
        """All that a selection chooses among; a variant itself."""
        return self.candidates(self.selections[name]) if name in self.selections else (name,)

    def about(self, name: str) -> dict[str, Any] | None:
        return self.facts.get(self.variant(name))

    def seeds(self, variant: str) -> list[int]:
        """Rising; empty where the variant was not run."""
        return sorted(self._rows.get(self.variant(variant), {}))

    def run(self, variant: str, seed: int) -> dict[str, Any]:
        return self._rows[self.variant(variant)][seed]

    def diverged(self, variant: str, seed: int) -> bool:
        return self.run(variant, seed)["status"] == "diverged"

    def failed(self, variant: str, seed: int) -> bool:
        """Return whether the run's training failed, so that the run left nothing."""
        return self.run(variant, seed)["status"] == "failed"

    def curve(self, variant: str, seed: int, name: str) -> np.ndarray:
        """By epoch; empty where the run recorded no such curve."""
        return self._curves.get((self.variant(variant), seed), {}).get(name, np.empty(0))

    def epochs(self, variant: str, seed: int) -> int:
        return len(self.curve(variant, seed, "epoch"))

    def recorded(self, variant: str, seed: int, recorder: str, time_point: str, statistic: str) -> pd.DataFrame:
        """What a recorder took of a run, in its order: `name`, `epoch`, `value`; empty where it took no such thing."""
        return self._records.get((self.variant(variant), seed, recorder, time_point, statistic), self.records.iloc[:0])

    @cached_property
    def _rows(self) -> dict[str, dict[int, dict[str, Any]]]:
        rows: dict[str, dict[int, dict[str, Any]]] = {}
        for row in self.runs.to_dict("records"):
            rows.setdefault(row["variant"], {})[row["seed"]] = row
        return rows

    @cached_property
    def _curves(self) -> dict[tuple[str, int], dict[str, np.ndarray]]:
        by_run = self.curves.set_index(["variant", "seed"]).astype(float).groupby(level=[0, 1], sort=False)
        return {run: {name: epochs[name].to_numpy() for name in epochs} for run, epochs in by_run}

    @cached_property
    def _records(self) -> dict[tuple[str | int, ...], pd.DataFrame]:
        keys = ["variant", "seed", "recorder", "time_point", "statistic"]
        return dict(iter(self.records.groupby(keys, sort=False)))
