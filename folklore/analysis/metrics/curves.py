"""What is read off one curve of one run: a number an epoch, or a number a window of updates.

A window of the last k epochs takes in the whole run where the run is shorter, and a span holds one epoch at least.
"""

import math
from collections.abc import Callable

import numpy as np

from folklore.analysis.metrics import trends
from folklore.schema.metric import Metric


def value(metric: Metric, curve: np.ndarray) -> float | None:
    return _VALUES[metric.name](curve, metric)


def time(metric: Metric, curve: np.ndarray, clock: np.ndarray) -> float:
    """When something happens to the curve: by `clock`, a number an epoch, which never falls.

    What never happens counts as happening one epoch after the last, at the pace so far: a lower bound, which keeps the
    order of runs right.
    """
    epoch = first_epoch_where(metric, curve)
    return float(clock[epoch - 1]) if epoch else float(clock[-1]) * (len(clock) + 1) / len(clock)


def first_epoch_where(metric: Metric, curve: np.ndarray) -> int | None:
    """The epoch, from 1."""
    reached = _EVENTS[metric.name](curve, metric)
    return int(reached.argmax()) + 1 if reached.any() else None


def _at(curve: np.ndarray, metric: Metric) -> float | None:
    return curve[metric.epoch - 1] if metric.epoch <= len(curve) else None


def _window(curve: np.ndarray, metric: Metric) -> np.ndarray:
    if metric.run_fraction is None:
        return curve[-metric.last :] if metric.last else curve
    # What a product of decimals misses by is not a part of an epoch.
    start, end = (math.floor(round(share * len(curve), 9)) for share in metric.run_fraction)
    start = min(start, len(curve) - 1)
    return curve[start : max(end, start + 1)]


def _rough(curve: np.ndarray, metric: Metric) -> float | None:
    return _deviation(np.diff(_window(curve, metric)))


def _rough_share(curve: np.ndarray, metric: Metric) -> float | None:
    rough, whole = _rough(curve, metric), np.ptp(curve)
    return rough / whole if rough is not None and whole else None


def _deviation(numbers: np.ndarray) -> float | None:
    return numbers.std(ddof=1) if len(numbers) > 1 else None


def _incline(curve: np.ndarray, metric: Metric) -> float | None:
    return _least_squares(_window(curve, metric))


def _slope(curve: np.ndarray, metric: Metric) -> float | None:
    slope = _incline(curve, metric)
    return None if slope is None else abs(slope)


def _least_squares(window: np.ndarray) -> float | None:
    """Slope, an epoch."""
    epochs = np.arange(len(window)) - (len(window) - 1) / 2
    return epochs @ window / (epochs @ epochs) if len(window) > 1 else None


def _order(curve: np.ndarray, metric: Metric) -> float | None:
    """Kendall's τ with the epoch."""
    window = _window(curve, metric)
    return float(trends.taus(window[None, :])[0]) if len(window) > 1 else None


_VALUES: dict[str, Callable[[np.ndarray, Metric], float | None]] = {
    "final": lambda curve, _: curve[-1],
    "at_epoch": _at,
    "minimum": lambda curve, metric: _window(curve, metric).min(),
    "maximum": lambda curve, metric: _window(curve, metric).max(),
    "mean": lambda curve, metric: _window(curve, metric).mean(),
    "drop_from_max": lambda curve, _: curve.max() - curve[-1],
    "rise_from_min": lambda curve, _: curve[-1] - curve.min(),
    "range": lambda curve, metric: np.ptp(_window(curve, metric)),
    "n_increases": lambda curve, metric: (np.diff(_window(curve, metric)) > 0).sum(),
    "roughness": _rough,
    "relative_roughness": _rough_share,
    "abs_slope": _slope,
    "slope": _incline,
    "kendall_tau": _order,
    "std": lambda curve, metric: _deviation(_window(curve, metric)),
    "ratio": lambda curve, _: curve[-1] / curve[0] if curve[0] else None,
    "best_epoch": lambda curve, _: int(curve.argmin()) + 1,
    "overfit_slope": lambda curve, _: _least_squares(curve[curve.argmin() :]) or 0.0,
}

_EVENTS: dict[str, Callable[[np.ndarray, Metric], np.ndarray]] = {
    "epochs_to_accuracy": lambda curve, metric: curve >= metric.level,
    "first_epoch_above": lambda curve, metric: curve > metric.level,
    "convergence_epoch": lambda curve, metric: np.abs(curve - curve[-1]) <= metric.within,
    "epoch_of_max": lambda curve, _: curve == curve.max(),
}
