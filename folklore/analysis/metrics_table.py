"""metrics.csv: the metrics that a study names, one row per metric and run; verdicts, figures and report read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import pandas as pd

from folklore.analysis.csv_tables import read_table
from folklore.provenance.canonical import canonical
from folklore.schema.metric import Metric

COLUMNS = ("variant", "seed", "metric", "checkpoint", "settings", "value", "status", "never_reached", "selected")

MetricKey = tuple[str, str, str]  # the columns metric, checkpoint and settings


@dataclass(frozen=True)
class RunMetric:
    """The value of a metric for one run, or for one seed of a selection."""

    value: float  # NaN where the run has no such number
    status: str  # of the run: finished, diverged or failed
    never_reached: bool = False  # the run ended before the event whose time is asked for: the value is a lower bound
    selected: str = ""  # the variant that the selection chose; empty for a variant


def metric_key(metric: Metric) -> MetricKey:
    """Return the name, the checkpoint of a score, and all further settings as canonical JSON."""
    settings = metric.model_dump(mode="json", exclude_defaults=True, exclude={"name", "checkpoint"})
    checkpoint = metric.checkpoint if metric.kind.family == "score" else ""
    return metric.name, checkpoint, canonical(settings) if settings else ""


@dataclass(frozen=True)
class MetricsTable:
    rows: pd.DataFrame

    @classmethod
    def read(cls, path: Path) -> Self:
        return cls(read_table(path))

    def of(self, metric: Metric, name: str) -> dict[int, RunMetric]:
        """Return the metric of a variant or selection by rising seed; empty where no run has this name."""
        return self._by_name.get((metric_key(metric), name), {})

    def values(self, metric: Metric, name: str) -> dict[int, float]:
        return {seed: run.value for seed, run in self.of(metric, name).items()}

    def variants(self, metric: Metric) -> list[str]:
        """Return the variants that have this metric, in the order of the study."""
        key = metric_key(metric)
        names = (name for known, name in self._by_name if known == key)
        return [name for name in names if not any(run.selected for run in self.of(metric, name).values())]

    @cached_property
    def _by_name(self) -> dict[tuple[MetricKey, str], dict[int, RunMetric]]:
        runs: dict[tuple[MetricKey, str], dict[int, RunMetric]] = {}
        for key, name, seed, run in _parsed(self.rows):
            runs.setdefault((key, name), {})[seed] = run
        return runs


def _parsed(rows: pd.DataFrame) -> Iterator[tuple[MetricKey, str, int, RunMetric]]:
    texts = ["checkpoint", "settings", "selected"]
    for row in rows.assign(**rows[texts].fillna("")).itertuples():
        run = RunMetric(float(row.value), row.status, bool(row.never_reached), row.selected)
        yield (row.metric, row.checkpoint, row.settings), row.variant, int(row.seed), run
