"""Drawing: which figure a study asks for, and with which settings; folklore/figures draws it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveInt, field_validator, model_validator

from folklore.schema.claim import as_tuple
from folklore.schema.metric import Curve, Metric, TimeUnit
from folklore.schema.snapshot import PRODUCERS, ProbeName, RecorderName, StatisticName, TimePoint, check_statistics
from folklore.schema.strict_model import NonEmpty, StrictModel

FORMATS = ("svg", "pdf", "png")  # for the page, for LaTeX, for slides


class _FigureSpec(StrictModel):
    caption: str  # `{seeds}` becomes the number of seeds, such as `5 seeds`
    reads: ClassVar[tuple[str, ...]]  # the tables of the study that it is drawn from
    shows: ClassVar[ProbeName | None] = None  # what was asked of finished runs; their pictures are drawn

    @property
    def named(self) -> tuple[str, ...]:
        """The variants that the figure names; none means every variant."""
        return getattr(self, "variants", None) or ((self.variant,) if hasattr(self, "variant") else ())

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        """The metrics that the figure shows; most figures are drawn from curves or records instead."""
        return getattr(self, "metrics", ())


class Curves(_FigureSpec):
    """Loss and accuracy of each variant: a thin line a seed, a bold one for their mean, train and validation."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["curves"]
    variants: NonEmpty[str] | None = None
    smooth: PositiveInt = 1  # centred moving average over so many epochs
    running: bool = False  # the published training curve: measured while the weights moved


class Comparison(_FigureSpec):
    """One line a variant: mean over seeds with its 95 % interval as a band."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["comparison"]
    of: NonEmpty[Curve]
    time_unit: TimeUnit = "epochs"  # of the horizontal axis
    variants: NonEmpty[str] | None = None
    smooth: PositiveInt = 1
    raw: bool = False  # a second row of panels without smoothing

    _of = field_validator("of", mode="before")(as_tuple)


class SingleRuns(_FigureSpec):
    """Every run by itself, a column a seed: loss and accuracy as measured, faint, and smoothed over them."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["single_runs"]
    variants: NonEmpty[str] | None = None
    smooth: PositiveInt = 1


class _OfRecords(_FigureSpec):
    """A figure of numbers that a recorder takes."""

    reads = ("records.csv",)
    recorder: RecorderName
    statistics: NonEmpty[StatisticName]

    @model_validator(mode="after")
    def _its_recorder_has_the_statistics(self):
        check_statistics(self.recorder, self.statistics)
        return self

    @property
    def shares(self) -> set[str]:
        """Return the statistics that are shares of a whole."""
        return {statistic for statistic in self.statistics if PRODUCERS[self.recorder].statistics[statistic].share}


class SnapshotFigure(_OfRecords):
    """Recorded numbers by tensor at given time points: one group of bars per tensor in forward order, on a log axis.

    For one variant, one panel per statistic and one bar per time point. For several, one row per statistic, one column
    per time point and one bar per variant.
    """

    kind: Literal["snapshots"]
    time_points: NonEmpty[TimePoint]
    names: str = "*"
    variants: NonEmpty[str] | None = None


class SeriesFigure(_OfRecords):
    """Recorded numbers by epoch, or by window of updates: one row of panels per statistic.

    Lines are variants, with one panel per name; names, with one panel per variant; or, where names read `split/layer`,
    splits, with one panel per layer and one row per variant and statistic. A log axis has a strip for exact zeros.
    """

    kind: Literal["series"]
    names: NonEmpty[str] = ("*",)
    lines: Literal["variants", "names", "splits"] = "variants"
    time_point: Literal["after_epoch", "updates"] = "after_epoch"
    log: bool = False
    variants: NonEmpty[str] | None = None

    _names = field_validator("names", mode="before")(as_tuple)


class Histograms(_FigureSpec):
    """The distribution of logits after some epochs, one over the other: mean over seeds of the density."""

    reads = ("records.csv",)
    kind: Literal["histograms"]
    variant: str
    splits: NonEmpty[str] = ("train",)


class Pair(StrictModel):
    label: str
    published: str  # variants
    corrected: str
    published_value: float | None = None


class Pairs(_FigureSpec):
    """One metric of two variants a row, as published and corrected, with intervals and, where there is one, the number
    that the source prints."""

    reads = ("metrics.csv",)
    kind: Literal["pairs"]
    metric: Metric
    published_metric: Metric | None = None  # where the source reads another number off its variant
    pairs: NonEmpty[Pair]

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for pair in self.pairs for name in (pair.published, pair.corrected)))

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        return tuple(metric for metric in (self.metric, self.published_metric) if metric)


class StripPlot(_FigureSpec):
    """Every run a point, a row a variant: how far seeds alone make runs differ."""

    reads = ("metrics.csv",)
    kind: Literal["strip_plot"]
    metrics: NonEmpty[Metric]
    variants: NonEmpty[str] | None = None


class DecisionMap(_FigureSpec):
    """The class that the first seed's network assigns to every place of the plane, with test points on it."""

    reads = ("runs.csv",)
    shows = "decision_map"
    kind: Literal["decision_map"]
    variants: tuple[str, ...]


class Misclassified(_FigureSpec):
    """Test images that the first seed's network gets wrong: predicted class, and true one."""

    reads = ("runs.csv",)
    shows = "misclassified"
    kind: Literal["misclassified"]
    variants: tuple[str, ...]


class Table(_FigureSpec):
    """Mean and interval of each metric for each variant, the best value of a column marked."""

    reads = ("metrics.csv",)
    kind: Literal["table"]
    metrics: NonEmpty[Metric]
    variants: NonEmpty[str] | None = None


class Schedules(_FigureSpec):
    """Learning rate against epoch, one panel a variant, over the whole published budget."""

    reads = ("facts.json",)
    kind: Literal["schedules"]
    variants: NonEmpty[str] | None = None


class ClassDistribution(_FigureSpec):
    """Examples a class in the training, validation and test part."""

    reads = ("facts.json",)
    kind: Literal["class_distribution"]
    variant: str


class Architecture(_FigureSpec):
    """The layers of a variant's model with output shapes, parameters and multiply-adds, read off the model itself."""

    reads = ("facts.json",)
    kind: Literal["architecture"]
    variant: str


class Scatter(_FigureSpec):
    """One metric against another, a point a variant, with intervals in both directions."""

    reads = ("metrics.csv",)
    kind: Literal["scatter"]
    x: Metric
    y: Metric
    variants: NonEmpty[str] | None = None

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        return self.x, self.y


FigureSpec = Annotated[
    Curves
    | Comparison
    | SingleRuns
    | SnapshotFigure
    | SeriesFigure
    | Histograms
    | Table
    | Pairs
    | StripPlot
    | Schedules
    | ClassDistribution
    | Architecture
    | Scatter
    | DecisionMap
    | Misclassified,
    Field(discriminator="kind"),
]
