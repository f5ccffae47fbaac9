"""Curves of one run: a column of curves.csv, or a series that a recorder took by epoch or by window of updates."""

from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from folklore.analysis.evidence import Evidence
from folklore.schema.metric import Curve
from folklore.schema.snapshot import Series


def curve(source: Curve | Series, variant: str, seed: int, evidence: Evidence) -> np.ndarray:
    """Return one value per epoch, or per window of updates; empty where the run recorded no such curve."""
    if isinstance(source, Series):
        return _recorded(source, variant, seed, evidence)
    return evidence.curve(variant, seed, source)


def is_complete(values: np.ndarray) -> bool:
    return len(values) > 0 and bool(np.isfinite(values).all())


def updates(source: Series, variant: str, seed: int, evidence: Evidence) -> np.ndarray:
    """Return the number of updates at the end of each window of a series."""
    return _rows(source, variant, seed, evidence)["name"].to_numpy(dtype=float)


def _recorded(source: Series, variant: str, seed: int, evidence: Evidence) -> np.ndarray:
    """NaN in an epoch for which the number of some name is missing."""
    rows = _rows(source, variant, seed, evidence)
    if source.time_point == "updates":
        return rows["value"].to_numpy(dtype=float)
    rows = rows[[fnmatchcase(name, source.names) for name in rows["name"]]]
    if rows.empty:
        return np.empty(0)
    by_epoch = rows.astype({"epoch": int, "value": float}).pivot(index="epoch", columns="name", values="value")
    epochs = range(1, max(by_epoch.index.max(), evidence.epochs(variant, seed)) + 1)
    return by_epoch.reindex(epochs).agg(source.across, axis="columns", skipna=False).to_numpy()


def _rows(source: Series, variant: str, seed: int, evidence: Evidence) -> pd.DataFrame:
    rows = evidence.recorded(variant, seed, source.recorder, source.time_point, source.statistic)
    return rows.sort_values("name", key=lambda names: names.astype(int)) if source.time_point == "updates" else rows
