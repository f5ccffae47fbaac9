"""Settings of figures of metrics: one number per run."""

from typing import Literal

from folklore.schema.figures.figure_settings import FigureSettings
from folklore.schema.metric import Metric
from folklore.schema.strict_model import NonEmpty, StrictModel


class Pair(StrictModel):
    label: str
    published: str  # variants
    corrected: str
    published_value: float | None = None


class Pairs(FigureSettings):
    """One row per pair of variants: a metric as published and corrected, with intervals and the published value."""

    reads = ("metrics.csv",)
    kind: Literal["pairs"]
    metric: Metric
    published_metric: Metric | None = None  # if the publication reports another metric of its variant
    pairs: NonEmpty[Pair]

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for pair in self.pairs for name in (pair.published, pair.corrected)))

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        return tuple(metric for metric in (self.metric, self.published_metric) if metric)


class StripPlot(FigureSettings):
    """One point per run, in one row per variant."""

    reads = ("metrics.csv",)
    kind: Literal["strip_plot"]
    metrics: NonEmpty[Metric]
    variants: NonEmpty[str] | None = None


class Table(FigureSettings):
    """Mean and interval of each metric for each variant; the best value of each column is marked."""

    reads = ("metrics.csv",)
    kind: Literal["table"]
    metrics: NonEmpty[Metric]
    variants: NonEmpty[str] | None = None


class Scatter(FigureSettings):
    """One metric against another, one point per variant, with intervals in both directions."""

    reads = ("metrics.csv",)
    kind: Literal["scatter"]
    x: Metric
    y: Metric
    variants: NonEmpty[str] | None = None

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        return self.x, self.y
