"""The numbers that claims speak of, read off the profiles of a run: a value for each tensor, in forward order."""

from collections.abc import Callable
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics import trends
from folklore.schema.metric import Metric
from folklore.schema.snapshot import Snapshot


def value(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    """None where nothing of the kind was recorded, or a logarithm would need a number above 0."""
    found = snapshot(metric.snapshot, variant, seed, evidence)
    other = _other(metric, variant, seed, evidence)
    if found.empty or (other is not None and other.empty):
        return None
    if other is not None:
        shared = found.index.intersection(other.index, sort=False)
        found, other = found[shared], other[shared]
    return _VALUES[metric.name](found, other)


def snapshot(asked: Snapshot, variant: str, seed: int, evidence: Evidence) -> pd.Series:
    """Tensor → value, in the order of the forward pass."""
    rows = evidence.recorded(variant, seed, asked.producer, asked.time_point, asked.statistic)
    if asked.loss is not None:
        rows = rows[rows["epoch"] == _epoch(asked.loss, variant, seed, evidence)]
    found = rows.set_index("name")["value"].astype(float)
    found = found[[fnmatchcase(name, asked.names) for name in found.index]]
    return found[found != 0] if asked.above_zero else found


def _epoch(loss: float, variant: str, seed: int, evidence: Evidence) -> int | None:
    """The first after which the training loss is so low."""
    reached = np.flatnonzero(evidence.curve(variant, seed, "train_loss") <= loss)
    return int(reached[0]) + 1 if len(reached) else None


def _other(metric: Metric, variant: str, seed: int, evidence: Evidence) -> pd.Series | None:
    if metric.to is None and metric.other_variant is None:
        return None
    variant = metric.other_variant or variant
    known = seed in evidence.seeds(variant)
    return snapshot(metric.to or metric.snapshot, variant, seed, evidence) if known else pd.Series(dtype=float)


def _level(found: pd.Series) -> float | None:
    return float(np.log10(found).mean()) if (found > 0).all() else None


def _rise(found: pd.Series, other: pd.Series) -> float | None:
    before, after = _level(found), _level(other)
    return None if before is None or after is None else after - before


def _order(found: pd.Series, other: pd.Series | None) -> float | None:
    """Kendall's τ with the depth: 1 where it grows from input to output."""
    if len(found) < 2:
        return None
    compared = found if other is None else found / other
    return float(trends.taus(compared.to_numpy()[None, :])[0])


def _shares(found: pd.Series) -> pd.Series:
    return found / found.sum()


def _evenness(found: pd.Series) -> float | None:
    """Entropy of the shares over that of equal shares: 1 where all are the same, 0 where one has everything."""
    shares = _shares(found)
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum() / np.log(len(found))) if len(found) > 1 else None


def _shift(found: pd.Series, other: pd.Series) -> float:
    """Total variation between the shares: the part that has changed places."""
    return float((_shares(found) - _shares(other)).abs().sum() / 2)


def _agreement(found: pd.Series, other: pd.Series) -> float | None:
    """Spearman's rank correlation; none where all values of one are the same."""
    if len(found) < 3 or np.ptp(found) == 0 or np.ptp(other) == 0:
        return None
    return float(found.rank().corr(other.rank()))


_VALUES: dict[str, Callable[[pd.Series, pd.Series | None], float | None]] = {
    "recorded_max": lambda found, _: float(found.max()),
    "recorded_min": lambda found, _: float(found.min()),
    "recorded_mean": lambda found, _: float(found.mean()),
    "log10_mean": lambda found, _: _level(found),
    "depth_kendall_tau": _order,
    "normalised_entropy": lambda found, _: _evenness(found),
    "log10_change": _rise,
    "total_variation": _shift,
    "spearman": _agreement,
}
