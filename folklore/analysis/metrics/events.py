"""Times at which something happens in a curve: in epochs, updates or seconds."""

from collections.abc import Callable

import numpy as np

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics import series
from folklore.schema.metric import Metric
from folklore.schema.snapshot import Series


def value(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    """Return the time of the event.

    An event that never happens counts as happening one epoch after the last, at the pace so far. That is a lower bound,
    which keeps runs in the right order.
    """
    curve = series.curve(metric.curve, variant, seed, evidence)
    clock = _clock(metric, len(curve), variant, seed, evidence)
    if not series.is_complete(curve) or not series.is_complete(clock) or len(clock) != len(curve):
        return None
    epoch = _first_epoch(metric, curve)
    return float(clock[epoch - 1]) if epoch else float(clock[-1]) * (len(clock) + 1) / len(clock)


def never_reached(metric: Metric, variant: str, seed: int, evidence: Evidence) -> bool:
    curve = series.curve(metric.curve, variant, seed, evidence)
    return series.is_complete(curve) and _first_epoch(metric, curve) is None


def _first_epoch(metric: Metric, curve: np.ndarray) -> int | None:
    """Return the first epoch, from 1, in which the event happens."""
    happens = _EVENTS[metric.name](curve, metric)
    return int(happens.argmax()) + 1 if happens.any() else None


def _clock(metric: Metric, epochs: int, variant: str, seed: int, evidence: Evidence) -> np.ndarray:
    """Return the time at the end of each epoch, or of each window of updates; it never decreases."""
    if metric.time_unit == "epochs":
        return np.arange(epochs) + 1.0
    if metric.time_unit == "updates" and isinstance(metric.of, Series) and metric.of.time_point == "updates":
        return series.updates(metric.of, variant, seed, evidence)
    return evidence.curve(variant, seed, metric.time_unit)


_EVENTS: dict[str, Callable[[np.ndarray, Metric], np.ndarray]] = {
    "epochs_to_accuracy": lambda curve, metric: curve >= metric.level,
    "first_epoch_above": lambda curve, metric: curve > metric.level,
    "convergence_epoch": lambda curve, metric: np.abs(curve - curve[-1]) <= metric.within,
    "epoch_of_max": lambda curve, _: curve == curve.max(),
}
