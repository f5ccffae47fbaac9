"""Evidence: what the runs of a study left behind, looked up by variant and seed."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd

from folklore.files import read_json


def read_table(path: Path) -> pd.DataFrame:
    """A CSV as it was written: every digit kept, and a variant called `1` or `None` stays a name."""
    names = {"variant": str, "recipe": str, "status": str}
    return pd.read_csv(path, dtype=names, keep_default_na=False, na_values=[""])


@dataclass(frozen=True)
class Evidence:
    runs: pd.DataFrame  # a row a run
    curves: pd.DataFrame  # a row an epoch of a run
    facts: dict[str, Any]  # by variant, what can be said without training

    @classmethod
    def read(cls, runs: Path, curves: Path, facts: Path) -> Self:
        return cls(read_table(runs), read_table(curves), read_json(facts))

    def seeds(self, variant: str) -> list[int]:
        """Rising; empty where the variant was not run."""
        return sorted(self._rows.get(variant, {}))

    def run(self, variant: str, seed: int) -> dict[str, Any]:
        return self._rows[variant][seed]

    def diverged(self, variant: str, seed: int) -> bool:
        return self.run(variant, seed)["status"] == "diverged"

    def curve(self, variant: str, seed: int, name: str) -> np.ndarray:
        """By epoch; empty where the run recorded no such curve."""
        return self._curves.get((variant, seed), {}).get(name, np.empty(0))

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
