"""The rows of metrics.csv: each requested metric of each requested variant or selection."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.compute import metric_values, seed_selections, seeds_never_reached
from folklore.analysis.metrics_table import COLUMNS, metric_key
from folklore.schema.metric import Metric

Requests = Iterable[tuple[Metric, Iterable[str]]]  # each metric with the variants and selections that need it


def metrics_rows(requests: Requests, evidence: Evidence) -> pd.DataFrame:
    rows = [row for metric, names in requests for name in names for row in _rows(metric, name, evidence)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(metric: Metric, name: str, evidence: Evidence) -> Iterator[tuple[Any, ...]]:
    key, lost = metric_key(metric), seeds_never_reached(metric, name, evidence)
    selected = _selected(metric, name, evidence)
    for seed, value in metric_values(metric, name, evidence).items():
        status = "finished" if metric.choice else evidence.run(name, seed)["status"]
        yield name, seed, *key, value, status, seed in lost, selected.get(seed, "")


def _selected(metric: Metric, name: str, evidence: Evidence) -> dict[int, str]:
    """Return, by seed, the variant that a selection chose: one for all seeds, or the seed's own choice."""
    if name not in evidence.selections:
        return {}
    if metric.choice:
        return {seed: selection.choice for seed, selection in seed_selections(metric.choice, name, evidence).items()}
    return dict.fromkeys(evidence.seeds(name), evidence.variant(name))
