"""Numbers computed from one curve of a run: one value per epoch, or per window of updates.

A window of the last k epochs is the whole run where the run is shorter; a fraction of a run is one epoch at least.
"""

import math
from collections.abc import Callable

import numpy as np

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics import series, trends
from folklore.schema.metric import Metric


def value(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    curve = series.curve(metric.curve, variant, seed, evidence)
    if not series.is_complete(curve):
        return None
    if metric.name == "at_train_loss":
        return _at_train_loss(metric.loss, curve, evidence.curve(variant, seed, "train_loss"))
    return _VALUES[metric.name](curve, metric)


def _at_train_loss(loss: float, curve: np.ndarray, train_loss: np.ndarray) -> float | None:
    """Return the value after the first epoch with this training loss or less."""
    reached = train_loss <= loss
    return curve[reached.argmax()] if len(train_loss) == len(curve) and reached.any() else None


def _at_epoch(curve: np.ndarray, metric: Metric) -> float | None:
    return curve[metric.epoch - 1] if metric.epoch <= len(curve) else None


def _window(curve: np.ndarray, metric: Metric) -> np.ndarray:
    if metric.run_fraction is None:
        return curve[-metric.last :] if metric.last else curve
    # Rounded, because 0.29 × 100 is 28.999999999999996.
    start, end = (math.floor(round(fraction * len(curve), 9)) for fraction in metric.run_fraction)
    start = min(start, len(curve) - 1)
    return curve[start : max(end, start + 1)]


def _roughness(curve: np.ndarray, metric: Metric) -> float | None:
    return _std(np.diff(_window(curve, metric)))


def _relative_roughness(curve: np.ndarray, metric: Metric) -> float | None:
    roughness, whole = _roughness(curve, metric), np.ptp(curve)
    return roughness / whole if roughness is not None and whole else None


def _std(values: np.ndarray) -> float | None:
    return values.std(ddof=1) if len(values) > 1 else None


def _slope(curve: np.ndarray, metric: Metric) -> float | None:
    return _least_squares(_window(curve, metric))


def _abs_slope(curve: np.ndarray, metric: Metric) -> float | None:
    slope = _slope(curve, metric)
    return None if slope is None else abs(slope)


def _least_squares(window: np.ndarray) -> float | None:
    """Return the slope per epoch."""
    epochs = np.arange(len(window)) - (len(window) - 1) / 2
    return epochs @ window / (epochs @ epochs) if len(window) > 1 else None


def _kendall_tau(curve: np.ndarray, metric: Metric) -> float | None:
    """Return Kendall's τ with the epoch."""
    window = _window(curve, metric)
    return float(trends.taus(window[None, :])[0]) if len(window) > 1 else None


_VALUES: dict[str, Callable[[np.ndarray, Metric], float | None]] = {
    "final": lambda curve, _: curve[-1],
    "at_epoch": _at_epoch,
    "minimum": lambda curve, metric: _window(curve, metric).min(),
    "maximum": lambda curve, metric: _window(curve, metric).max(),
    "mean": lambda curve, metric: _window(curve, metric).mean(),
    "drop_from_max": lambda curve, _: curve.max() - curve[-1],
    "rise_from_min": lambda curve, _: curve[-1] - curve.min(),
    "range": lambda curve, metric: np.ptp(_window(curve, metric)),
    "n_increases": lambda curve, metric: (np.diff(_window(curve, metric)) > 0).sum(),
    "roughness": _roughness,
    "relative_roughness": _relative_roughness,
    "abs_slope": _abs_slope,
    "slope": _slope,
    "kendall_tau": _kendall_tau,
    "std": lambda curve, metric: _std(_window(curve, metric)),
    "ratio": lambda curve, _: curve[-1] / curve[0] if curve[0] else None,
    "best_epoch": lambda curve, _: int(curve.argmin()) + 1,
    "overfit_slope": lambda curve, _: _least_squares(curve[curve.argmin() :]) or 0.0,
}
