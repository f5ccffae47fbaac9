"""Traces: what a recorder noted after every epoch, or after every window of updates, as a curve."""

from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from folklore.analysis.evidence import Evidence
from folklore.schema.snapshot import Series


def curve(asked: Series, variant: str, seed: int, evidence: Evidence) -> np.ndarray:
    """In the order of time; empty where nothing was recorded, NaN where an epoch lacks a number of some name."""
    rows = _rows(asked, variant, seed, evidence)
    if asked.time_point == "updates":
        return rows["value"].to_numpy(dtype=float)
    rows = rows[[fnmatchcase(name, asked.names) for name in rows["name"]]]
    if rows.empty:
        return np.empty(0)
    by_epoch = rows.astype({"epoch": int, "value": float}).pivot(index="epoch", columns="name", values="value")
    epochs = range(1, max(by_epoch.index.max(), evidence.epochs(variant, seed)) + 1)
    return by_epoch.reindex(epochs).agg(asked.across, axis="columns", skipna=False).to_numpy()


def updates(asked: Series, variant: str, seed: int, evidence: Evidence) -> np.ndarray:
    """Of a trace over windows of updates: how many updates each ends with."""
    return _rows(asked, variant, seed, evidence)["name"].to_numpy(dtype=float)


def _rows(asked: Series, variant: str, seed: int, evidence: Evidence) -> pd.DataFrame:
    rows = evidence.recorded(variant, seed, asked.recorder, asked.time_point, asked.statistic)
    return rows.sort_values("name", key=lambda names: names.astype(int)) if asked.time_point == "updates" else rows
