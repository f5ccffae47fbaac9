"""The numbers that claims speak of: every metric of folklore/metric.py, computed in this one place.

A window of the last k epochs takes in the whole run where the run is shorter.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from folklore.analysis import profiles
from folklore.analysis.evidence import Evidence
from folklore.metric import Metric
from folklore.problems import UserError, unknown

Facts = dict[str, Any]


def values(metric: Metric, variant: str, evidence: Evidence) -> dict[int, float]:
    """By seed; NaN where the run diverged or has no such number, empty where the variant was not run."""
    return {seed: _finite(_value(metric, variant, seed, evidence)) for seed in evidence.seeds(variant)}


def unreached(metric: Metric, variant: str, evidence: Evidence) -> int:
    """How many runs never got to the level whose first epoch the metric names."""
    if metric.name not in ("t_p", "first_above"):
        return 0
    found = values(metric, variant, evidence)
    return sum(found[seed] == len(evidence.curve(variant, seed, curve_of(metric))) + 1 for seed in found)


def curve_of(metric: Metric) -> str | None:
    """The curve that a derived metric is read off."""
    return metric.of or _FIXED_CURVES.get(metric.name)


def _value(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    if metric.name in _OF_FACTS:
        return _OF_FACTS[metric.name](metric, evidence.about(variant))
    if metric.name == "parameters":
        return evidence.run(variant, seed)["parameters"]
    if metric.name == "diverged":
        return float(evidence.diverged(variant, seed))
    if evidence.diverged(variant, seed):
        return None
    if metric.profile is not None:
        return profiles.value(metric, variant, seed, evidence)
    if metric.name in _OF_CURVES:
        curve = evidence.curve(variant, seed, curve_of(metric))
        known = len(curve) > 0 and np.isfinite(curve).all()
        return _OF_CURVES[metric.name](curve, metric) if known else None
    column = metric.name if metric.name == "seconds" else f"{metric.name}.{metric.checkpoint}"
    return evidence.run(variant, seed).get(column)


def _finite(value: float | None) -> float:
    return float(value) if value is not None and math.isfinite(value) else math.nan


def _at(curve: np.ndarray, metric: Metric) -> float | None:
    return curve[metric.epoch - 1] if metric.epoch <= len(curve) else None


def _window(curve: np.ndarray, metric: Metric) -> np.ndarray:
    return curve[-metric.last :] if metric.last else curve


def _rough(curve: np.ndarray, metric: Metric) -> float | None:
    return _deviation(np.diff(_window(curve, metric)))


def _deviation(numbers: np.ndarray) -> float | None:
    return numbers.std(ddof=1) if len(numbers) > 1 else None


def _slope(curve: np.ndarray, metric: Metric) -> float | None:
    slope = _least_squares(_window(curve, metric))
    return None if slope is None else abs(slope)


def _least_squares(window: np.ndarray) -> float | None:
    """Slope, an epoch."""
    epochs = np.arange(len(window)) - (len(window) - 1) / 2
    return epochs @ window / (epochs @ epochs) if len(window) > 1 else None


def _first(reached: np.ndarray) -> int:
    """Epoch from 1; one more than there are where it was never reached: a lower bound, which keeps the order right."""
    return int(reached.argmax()) + 1 if reached.any() else len(reached) + 1


_FIXED_CURVES = {
    "t_p": "train_accuracy",
    **dict.fromkeys(("epoch_min_val", "overfit_rise", "overfit_slope"), "validation_loss"),
}

_OF_CURVES: dict[str, Callable[[np.ndarray, Metric], float | None]] = {
    "final": lambda curve, _: curve[-1],
    "at": _at,
    "minimum": lambda curve, _: curve.min(),
    "maximum": lambda curve, _: curve.max(),
    "mean": lambda curve, metric: _window(curve, metric).mean(),
    "decline": lambda curve, _: curve.max() - curve[-1],
    "rise": lambda curve, _: curve[-1] - curve.min(),
    "rough": _rough,
    "slope": _slope,
    "spread": lambda curve, metric: _deviation(_window(curve, metric)),
    "ratio": lambda curve, _: curve[-1] / curve[0] if curve[0] else None,
    "t_p": lambda curve, metric: _first(curve >= metric.level),
    "first_above": lambda curve, metric: _first(curve > metric.level),
    "epoch_min_val": lambda curve, _: int(curve.argmin()) + 1,
    "overfit_rise": lambda curve, _: curve[-1] - curve.min(),
    "overfit_slope": lambda curve, _: _least_squares(curve[curve.argmin() :]) or 0.0,
}


def _scheduled_lr(metric: Metric, facts: Facts) -> float | None:
    rates = facts["lr"] or []
    return rates[metric.epoch - 1] if metric.epoch <= len(rates) else None


def _class_ratio(metric: Metric, facts: Facts) -> float | None:
    counts = facts["split"]["counts"][metric.part]
    return max(counts) / min(counts) if min(counts) else None


def _weights(metric: Metric, facts: Facts) -> float | None:
    found = [size for name, size in sorted(facts["weights"].items()) if name.endswith(metric.tensor)]
    if len(found) != 1:
        fault = f"{len(found)} names end so, one is needed" if found else "no name ends so"
        raise UserError(f"metric weights: {fault}: {unknown('tensor', metric.tensor, facts['weights'])}")
    return found[0]


_OF_FACTS: dict[str, Callable[[Metric, Facts], float | None]] = {
    "scheduled_lr": _scheduled_lr,
    "class_ratio": _class_ratio,
    "input_mean": lambda _, facts: max(abs(mean) for mean in facts["inputs"]["mean"]),
    "input_sd": lambda _, facts: max(abs(sd - 1) for sd in facts["inputs"]["sd"]),
    "weights": _weights,
}
