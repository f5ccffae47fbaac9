"""Evidence: the tables of a study, looked up by variant and seed; metrics are computed from it."""

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


def _no_records() -> pd.DataFrame:
    return pd.DataFrame(columns=("variant", "seed", *RECORDS))


@dataclass(frozen=True)
class Evidence:
    runs: pd.DataFrame  # one row per run
    curves: pd.DataFrame  # one row per run and epoch
    facts: dict[str, Any]  # facts.json: by variant, what is known without training
    records: pd.DataFrame = field(default_factory=_no_records)  # one row per number that a recorder or probe took
    selections: dict[str, Selection] = field(default_factory=dict)
    selected: dict[str, str] = field(default_factory=dict)  # selection → the variant that it chose

    @classmethod
    def read(cls, runs: Path, curves: Path, records: Path, facts: Path) -> Self:
        return cls(read_table(runs), read_table(curves), read_json(facts), read_table(records))

    def variant(self, name: str) -> str:
        """Return the variant that a selection chose; the name itself if it is no selection."""
        return self.selected.get(name, name)

    def candidates(self, selection: Selection) -> tuple[str, ...]:
        """Return the variants that it chooses among; some may not have been run at this scale."""
        return selection.candidates(self.runs["variant"].unique())

    def about(self, name: str) -> dict[str, Any] | None:
        return self.facts.get(self.variant(name))

    def seeds(self, variant: str) -> list[int]:
        """Return the seeds in increasing order; empty where the variant was not run."""
        return sorted(self._rows.get(self.variant(variant), {}))

    def run(self, variant: str, seed: int) -> dict[str, Any]:
        return self._rows[self.variant(variant)][seed]

    def diverged(self, variant: str, seed: int) -> bool:
        return self.run(variant, seed)["status"] == "diverged"

    def failed(self, variant: str, seed: int) -> bool:
        """Return whether the run's training failed, so that the run left nothing."""
        return self.run(variant, seed)["status"] == "failed"

    def curve(self, variant: str, seed: int, name: str) -> np.ndarray:
        """Return one value per epoch; empty where the run recorded no such curve."""
        return self._curves.get((self.variant(variant), seed), {}).get(name, np.empty(0))

    def epochs(self, variant: str, seed: int) -> int:
        return len(self.curve(variant, seed, "epoch"))

    def recorded(self, variant: str, seed: int, recorder: str, time_point: str, statistic: str) -> pd.DataFrame:
        """Return the rows `name`, `epoch`, `value` that a recorder took, in its order; empty where it took none."""
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
