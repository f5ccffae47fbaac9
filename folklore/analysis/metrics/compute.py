"""The numbers that claims speak of: every metric of folklore/schema/metric.py, by seed.

What each is read off has a file of its own: curves, profiles, facts, and selection_regret.
"""

import math
from typing import get_args

import numpy as np
import pandas as pd

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics import curves, facts, mcnemar, selection_regret, series, snapshots
from folklore.analysis.metrics.selection_regret import SeedSelection
from folklore.execution.errors import UserError, unknown
from folklore.schema.metric import Choice, CostName, Curve, Metric
from folklore.schema.snapshot import Series


def metric_values(metric: Metric, variant: str, evidence: Evidence) -> dict[int, float]:
    """By seed; NaN where the run diverged or has no such number, empty where the variant was not run."""
    found = _of_choices(metric, variant, evidence) if _is_a_choice(metric) else _of_runs(metric, variant, evidence)
    if metric.minus is None:
        return found
    less = metric_values(metric.minus, variant, evidence)
    return {seed: number - less[seed] for seed, number in found.items() if seed in less}


def seeds_never_reached(metric: Metric, variant: str, evidence: Evidence) -> set[int]:
    """Return the seeds whose runs ended before the event whose time the metric asks for."""
    seeds = evidence.seeds(variant)
    return {seed for seed in seeds if any(_never(term, variant, seed, evidence) for term in metric.terms)}


def seed_selections(metric: Metric, selection: str, evidence: Evidence) -> dict[int, SeedSelection]:
    """How each seed chooses among the variants that were run, for a metric of selection_regret.

    UserError where there is no selection of this name.
    """
    asked = evidence.selections.get(selection)
    if asked is None:
        fault = unknown("selection", selection, evidence.selections)
        raise UserError(f"metric {metric.name} tells how a selection chooses: {fault}")
    variants = [name for name in evidence.candidates(asked) if evidence.seeds(name)]
    if not variants:
        return {}
    tables = [_table(one, variants, evidence) for one in (asked.by, selection_regret.target_score(metric, asked))]
    return selection_regret.seed_selections(*tables, asked, metric)


def _is_a_choice(metric: Metric) -> bool:
    return metric.name in get_args(Choice)


def _of_choices(metric: Metric, selection: str, evidence: Evidence) -> dict[int, float]:
    found = seed_selections(metric, selection, evidence)
    return {seed: _finite(selection_regret.value(metric, selection)) for seed, selection in found.items()}


def _table(metric: Metric, variants: list[str], evidence: Evidence) -> pd.DataFrame:
    """Seeds × variants, of the seeds that all of them were run with."""
    numbers = {name: pd.Series(metric_values(metric, name, evidence)) for name in variants}
    return pd.concat(numbers, axis="columns", join="inner")


def _of_runs(metric: Metric, variant: str, evidence: Evidence) -> dict[int, float]:
    return {seed: _finite(_value(metric, variant, seed, evidence)) for seed in evidence.seeds(variant)}


def _value(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    if facts.is_a_fact(metric):
        return facts.value(metric, evidence.about(variant))
    if evidence.failed(variant, seed):
        return None
    if metric.name == "parameters":
        return evidence.run(variant, seed)["parameters"]
    if metric.name == "diverged":
        return float(evidence.diverged(variant, seed))
    if evidence.diverged(variant, seed):
        return None
    if metric.name == "mcnemar_p":
        return mcnemar.p(metric, variant, seed, evidence)
    if metric.snapshot is not None:
        return snapshots.value(metric, variant, seed, evidence)
    if metric.curve is not None:
        return _of_a_curve(metric, variant, seed, evidence)
    column = metric.name if metric.name in get_args(CostName) else f"{metric.name}.{metric.checkpoint}"
    return evidence.run(variant, seed).get(column)


def _of_a_curve(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    curve = _curve(metric.curve, variant, seed, evidence)
    if not _known(curve):
        return None
    if metric.name == "at_train_loss":
        return _when(metric.loss, curve, evidence.curve(variant, seed, "train_loss"))
    if not metric.is_time:
        return curves.value(metric, curve)
    clock = np.arange(len(curve)) + 1.0 if metric.time_unit == "epochs" else _clock(metric, variant, seed, evidence)
    return curves.time(metric, curve, clock) if _known(clock) and len(clock) == len(curve) else None


def _curve(asked: Curve | Series, variant: str, seed: int, evidence: Evidence) -> np.ndarray:
    if isinstance(asked, Series):
        return series.curve(asked, variant, seed, evidence)
    return evidence.curve(variant, seed, asked)


def _known(curve: np.ndarray) -> bool:
    return len(curve) > 0 and bool(np.isfinite(curve).all())


def _when(loss: float, curve: np.ndarray, training: np.ndarray) -> float | None:
    """The curve's value at the end of the first epoch with so low a training loss."""
    reached = training <= loss
    return curve[reached.argmax()] if len(training) == len(curve) and reached.any() else None


def _clock(metric: Metric, variant: str, seed: int, evidence: Evidence) -> np.ndarray:
    """The updates, or the seconds, at the end of each epoch, or of each window of updates."""
    asked = metric.curve
    if metric.time_unit == "updates" and isinstance(asked, Series) and asked.time_point == "updates":
        return series.updates(asked, variant, seed, evidence)
    return evidence.curve(variant, seed, metric.time_unit)


def _never(metric: Metric, variant: str, seed: int, evidence: Evidence) -> bool:
    if not metric.is_time or evidence.diverged(variant, seed):
        return False
    curve = _curve(metric.curve, variant, seed, evidence)
    return _known(curve) and curves.first_epoch_where(metric, curve) is None


def _finite(value: float | None) -> float:
    return float(value) if value is not None and math.isfinite(value) else math.nan
