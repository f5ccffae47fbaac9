"""Compute metrics by seed: dispatches to the module of each family of folklore/schema/metric_kinds.py."""

import math
from collections.abc import Callable

import pandas as pd

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics import curves, events, facts, runs, selection_regret, snapshots
from folklore.analysis.metrics.selection_regret import SeedSelection
from folklore.execution.errors import UserError, unknown
from folklore.schema.metric import Metric
from folklore.schema.metric_kinds import Family

# Each returns None where the run has no such number.
_VALUES: dict[Family, Callable[[Metric, str, int, Evidence], float | None]] = {
    "score": runs.score,
    "run": runs.value,
    "fact": facts.value,
    "curve": curves.value,
    "event": events.value,
    "snapshot": snapshots.value,
}


def metric_values(metric: Metric, name: str, evidence: Evidence) -> dict[int, float]:
    """Return the metric of a variant or selection by seed.

    NaN where the run diverged or has no such number; empty where the variant was not run.
    """
    is_selection = metric.kind.family == "selection"
    values = (_of_selection if is_selection else _of_runs)(metric, name, evidence)
    if metric.minus is None:
        return values
    subtracted = metric_values(metric.minus, name, evidence)
    return {seed: value - subtracted[seed] for seed, value in values.items() if seed in subtracted}


def seeds_never_reached(metric: Metric, variant: str, evidence: Evidence) -> set[int]:
    """Return the seeds whose runs ended before the event whose time the metric asks for."""
    times = [term for term in metric.terms if term.kind.family == "event"]
    seeds = [seed for seed in evidence.seeds(variant) if not evidence.diverged(variant, seed)]
    return {seed for seed in seeds if any(events.never_reached(term, variant, seed, evidence) for term in times)}


def seed_selections(metric: Metric, name: str, evidence: Evidence) -> dict[int, SeedSelection]:
    """Return how each seed chooses among the variants of a selection that were run.

    Raises UserError if there is no selection of this name.
    """
    selection = evidence.selections.get(name)
    if selection is None:
        fault = unknown("selection", name, evidence.selections)
        raise UserError(f"metric {metric.name} tells how a selection chooses: {fault}")
    variants = [variant for variant in evidence.candidates(selection) if evidence.seeds(variant)]
    if not variants:
        return {}
    target = selection_regret.target_score(metric, selection)
    tables = [_table(one, variants, evidence) for one in (selection.by, target)]
    return selection_regret.seed_selections(*tables, selection, metric)


def _of_selection(metric: Metric, name: str, evidence: Evidence) -> dict[int, float]:
    selections = seed_selections(metric, name, evidence)
    return {seed: _finite(selection_regret.value(metric, selection)) for seed, selection in selections.items()}


def _of_runs(metric: Metric, variant: str, evidence: Evidence) -> dict[int, float]:
    return {seed: _finite(_of_run(metric, variant, seed, evidence)) for seed in evidence.seeds(variant)}


def _of_run(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    if metric.kind.family != "fact" and evidence.failed(variant, seed):
        return None
    if evidence.diverged(variant, seed) and not metric.kind.of_diverged:
        return None
    return _VALUES[metric.kind.family](metric, variant, seed, evidence)


def _table(metric: Metric, variants: list[str], evidence: Evidence) -> pd.DataFrame:
    """Return the metric as seeds × variants, for the seeds that all of them were run with."""
    columns = {name: pd.Series(metric_values(metric, name, evidence)) for name in variants}
    return pd.concat(columns, axis="columns", join="inner")


def _finite(value: float | None) -> float:
    return float(value) if value is not None and math.isfinite(value) else math.nan
