"""Figure specifications: the kinds of figure that a study may request; folklore/figures draws them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveInt, field_validator, model_validator

from folklore.schema.claim import as_tuple
from folklore.schema.metric import Curve, Metric, TimeUnit
from folklore.schema.snapshot import PRODUCERS, ProbeName, RecorderName, StatisticName, TimePoint, check_statistics
from folklore.schema.strict_model import NonEmpty, StrictModel

FORMATS = ("svg", "pdf", "png")  # for the page, for LaTeX, for slides


class _FigureSpec(StrictModel):
    caption: str  # `{seeds}` becomes the number of seeds, such as `5 seeds`
    reads: ClassVar[tuple[str, ...]]  # tables of the study
    shows: ClassVar[ProbeName | None] = None  # a probe, whose arrays are drawn instead

    @property
    def named(self) -> tuple[str, ...]:
        """Return the variants that the figure names; empty for all variants."""
        return getattr(self, "variants", None) or ((self.variant,) if hasattr(self, "variant") else ())

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        """Return the metrics that the figure shows; empty for figures of curves, records or facts."""
        return getattr(self, "metrics", ())


class Curves(_FigureSpec):
    """Training and validation loss and accuracy of each variant: thin lines for seeds, bold lines for their mean."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["curves"]
    variants: NonEmpty[str] | None = None
    smooth: PositiveInt = 1  # epochs of a centred moving average
    running: bool = False  # show the running average during the epoch instead of the evaluation at epoch end


class Comparison(_FigureSpec):
    """One line per variant: mean over seeds, with its 95 % interval as a band."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["comparison"]
    of: NonEmpty[Curve]
    time_unit: TimeUnit = "epochs"  # of the horizontal axis
    variants: NonEmpty[str] | None = None
    smooth: PositiveInt = 1
    raw: bool = False  # add a row of panels without smoothing

    _of = field_validator("of", mode="before")(as_tuple)


class SingleRuns(_FigureSpec):
    """Single runs, one column per seed: loss and accuracy unsmoothed (faint) and smoothed."""

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
    """Distribution of the logits after selected epochs: mean density over seeds."""

    reads = ("records.csv",)
    kind: Literal["histograms"]
    variant: str
    splits: NonEmpty[str] = ("train",)


class Pair(StrictModel):
    label: str
    published: str  # a variant
    corrected: str  # a variant
    published_value: float | None = None


class Pairs(_FigureSpec):
    """One metric, one row per pair of variants: as published, corrected, and the published value if there is one."""

    reads = ("metrics.csv",)
    kind: Literal["pairs"]
    metric: Metric
    published_metric: Metric | None = None  # of the published variant, if the source used another metric
    pairs: NonEmpty[Pair]

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for pair in self.pairs for name in (pair.published, pair.corrected)))

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        return tuple(metric for metric in (self.metric, self.published_metric) if metric)


class StripPlot(_FigureSpec):
    """One point per run, one row per variant: the variation between seeds."""

    reads = ("metrics.csv",)
    kind: Literal["strip_plot"]
    metrics: NonEmpty[Metric]
    variants: NonEmpty[str] | None = None


class DecisionMap(_FigureSpec):
    """Predicted class over the input plane for the first seed, with misclassified test points."""

    reads = ("runs.csv",)
    shows = "decision_map"
    kind: Literal["decision_map"]
    variants: tuple[str, ...]


class Misclassified(_FigureSpec):
    """Test images misclassified by the network of the first seed, with predicted and true class."""

    reads = ("runs.csv",)
    shows = "misclassified"
    kind: Literal["misclassified"]
    variants: tuple[str, ...]


class Table(_FigureSpec):
    """Mean and interval of each metric for each variant; the best value of each column is marked."""

    reads = ("metrics.csv",)
    kind: Literal["table"]
    metrics: NonEmpty[Metric]
    variants: NonEmpty[str] | None = None


class Schedules(_FigureSpec):
    """Learning rate by epoch over the published budget, one panel per variant."""

    reads = ("facts.json",)
    kind: Literal["schedules"]
    variants: NonEmpty[str] | None = None


class ClassDistribution(_FigureSpec):
    """Examples per class in the training, validation and test set."""

    reads = ("facts.json",)
    kind: Literal["class_distribution"]
    variant: str


class Architecture(_FigureSpec):
    """Layers of a variant's network with output shapes, parameters and multiply-adds, counted on the built network."""

    reads = ("facts.json",)
    kind: Literal["architecture"]
    variant: str


class Scatter(_FigureSpec):
    """One metric against another, one point per variant, with intervals in both directions."""

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
