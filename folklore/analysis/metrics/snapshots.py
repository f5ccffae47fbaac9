"""Numbers computed from a snapshot of a run: one recorded value per tensor or layer, in forward order."""

from collections.abc import Callable
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics import mcnemar, trends
from folklore.schema.metric import Metric
from folklore.schema.snapshot import Snapshot


def value(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    """Return None where the run recorded no such thing, or a logarithm would need a positive number."""
    recorded = _read(metric.snapshot, variant, seed, evidence)
    other = _other(metric, variant, seed, evidence)
    if recorded.empty or (other is not None and other.empty):
        return None
    if metric.name == "mcnemar_p":
        return mcnemar.p_value(recorded, other)
    if other is not None:
        shared = recorded.index.intersection(other.index, sort=False)
        recorded, other = recorded[shared], other[shared]
    return _VALUES[metric.name](recorded, other)


def _read(snapshot: Snapshot, variant: str, seed: int, evidence: Evidence) -> pd.Series:
    """Return tensor → value."""
    rows = evidence.recorded(variant, seed, snapshot.producer, snapshot.time_point, snapshot.statistic)
    if snapshot.loss is not None:
        rows = rows[rows["epoch"] == _epoch(snapshot.loss, variant, seed, evidence)]
    values = rows.set_index("name")["value"].astype(float)
    values = values[[fnmatchcase(name, snapshot.names) for name in values.index]]
    return values[values != 0] if snapshot.above_zero else values


def _epoch(loss: float, variant: str, seed: int, evidence: Evidence) -> int | None:
    """Return the first epoch after which the training loss is `loss` or less."""
    reached = np.flatnonzero(evidence.curve(variant, seed, "train_loss") <= loss)
    return int(reached[0]) + 1 if len(reached) else None


def _other(metric: Metric, variant: str, seed: int, evidence: Evidence) -> pd.Series | None:
    """Return the snapshot that the metric compares with; None if it compares with none."""
    if metric.to is None and metric.other_variant is None:
        return None
    variant = metric.other_variant or variant
    was_run = seed in evidence.seeds(variant)
    return _read(metric.to or metric.snapshot, variant, seed, evidence) if was_run else pd.Series(dtype=float)


def _log10_mean(values: pd.Series) -> float | None:
    return float(np.log10(values).mean()) if (values > 0).all() else None


def _log10_change(values: pd.Series, other: pd.Series) -> float | None:
    before, after = _log10_mean(values), _log10_mean(other)
    return None if before is None or after is None else after - before


def _depth_kendall_tau(values: pd.Series, other: pd.Series | None) -> float | None:
    """Return Kendall's τ with the depth: 1 if the values increase from input to output."""
    if len(values) < 2:
        return None
    compared = values if other is None else values / other
    return float(trends.taus(compared.to_numpy()[None, :])[0])


def _shares(values: pd.Series) -> pd.Series:
    return values / values.sum()


def _normalised_entropy(values: pd.Series) -> float | None:
    """Return the entropy of the shares over its maximum: 1 if all are equal, 0 if one tensor has everything."""
    shares = _shares(values)
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum() / np.log(len(values))) if len(values) > 1 else None


def _total_variation(values: pd.Series, other: pd.Series) -> float:
    """Return the total variation distance between the shares."""
    return float((_shares(values) - _shares(other)).abs().sum() / 2)


def _spearman(values: pd.Series, other: pd.Series) -> float | None:
    """Return Spearman's rank correlation; None for fewer than three values, or if all values of one are equal."""
    if len(values) < 3 or np.ptp(values) == 0 or np.ptp(other) == 0:
        return None
    return float(values.rank().corr(other.rank()))


_VALUES: dict[str, Callable[[pd.Series, pd.Series | None], float | None]] = {
    "recorded_max": lambda values, _: float(values.max()),
    "recorded_min": lambda values, _: float(values.min()),
    "recorded_mean": lambda values, _: float(values.mean()),
    "log10_mean": lambda values, _: _log10_mean(values),
    "depth_kendall_tau": _depth_kendall_tau,
    "normalised_entropy": lambda values, _: _normalised_entropy(values),
    "log10_change": _log10_change,
    "total_variation": _total_variation,
    "spearman": _spearman,
}
