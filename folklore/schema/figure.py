"""Drawing: which figure a study asks for, and with which settings; folklore/figures draws it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveInt, field_validator

from folklore.schema.claim import as_tuple
from folklore.schema.metric import Clock, Curve, Metric
from folklore.schema.snapshot import ProbeName, RecorderName, Statistic, TimePoint
from folklore.schema.strict_model import StrictModel

FORMATS = ("svg", "pdf", "png")  # for the page, for LaTeX, for slides


class _FigureSpec(StrictModel):
    caption: str
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
    variants: tuple[str, ...] | None = None
    smooth: PositiveInt = 1  # centred moving average over so many epochs
    running: bool = False  # the published training curve: measured while the weights moved


class Comparison(_FigureSpec):
    """One line a variant: mean over seeds with its 95 % interval as a band."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["comparison"]
    of: tuple[Curve, ...]
    against: Clock = "epochs"
    variants: tuple[str, ...] | None = None
    smooth: PositiveInt = 1
    raw: bool = False  # a second row of panels without smoothing

    _of = field_validator("of", mode="before")(as_tuple)


class SingleRuns(_FigureSpec):
    """Every run by itself, a column a seed: loss and accuracy as measured, faint, and smoothed over them."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["single_runs"]
    variants: tuple[str, ...] | None = None
    smooth: PositiveInt = 1


class Profiles(_FigureSpec):
    """What was recorded of each tensor, a group of bars a tensor in the order of the forward pass, on a log axis.

    One variant: a panel a measure, a bar a moment. Several: a row a measure, a column a moment, a bar a variant.
    """

    reads = ("records.csv",)
    kind: Literal["profiles"]
    of: RecorderName
    moments: tuple[TimePoint, ...]
    measures: tuple[Statistic, ...]
    names: str = "*"
    variants: tuple[str, ...] | None = None


class Traces(_FigureSpec):
    """What was recorded after every epoch, or over windows of updates: a row of panels a measure.

    Lines are variants, with a panel for each name; or names, with a panel for each variant; or, where names are
    written `part/layer`, parts, with a panel for each layer and a row for each variant and measure. On a log axis exact
    zeros lie on a line of their own below it.
    """

    reads = ("records.csv",)
    kind: Literal["traces"]
    of: RecorderName
    measures: tuple[Statistic, ...]
    names: tuple[str, ...] = ("*",)
    lines: Literal["variants", "names", "parts"] = "variants"
    moment: Literal["after_epoch", "updates"] = "after_epoch"
    log: bool = False
    variants: tuple[str, ...] | None = None

    _names = field_validator("names", mode="before")(as_tuple)


class Histograms(_FigureSpec):
    """The distribution of logits after some epochs, one over the other: mean over seeds of the density."""

    reads = ("records.csv",)
    kind: Literal["histograms"]
    variant: str
    parts: tuple[str, ...] = ("train",)


class Pair(StrictModel):
    label: str
    published: str  # variants
    corrected: str
    printed: float | None = None  # number in the source


class Pairs(_FigureSpec):
    """One metric of two variants a row, as published and corrected, with intervals and, where there is one, the number
    that the source prints."""

    reads = ("metrics.csv",)
    kind: Literal["pairs"]
    metric: Metric
    published_metric: Metric | None = None  # where the source reads another number off its variant
    pairs: tuple[Pair, ...]

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for pair in self.pairs for name in (pair.published, pair.corrected)))

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        return tuple(metric for metric in (self.metric, self.published_metric) if metric)


class Spread(_FigureSpec):
    """Every run a point, a row a variant: how far seeds alone make runs differ."""

    reads = ("metrics.csv",)
    kind: Literal["spread"]
    metrics: tuple[Metric, ...]
    variants: tuple[str, ...] | None = None


class DecisionMap(_FigureSpec):
    """The class that the first seed's network assigns to every place of the plane, with test points on it."""

    reads = ("runs.csv",)
    shows = "map"
    kind: Literal["decision_map"]
    variants: tuple[str, ...]


class Failures(_FigureSpec):
    """Test images that the first seed's network gets wrong: predicted class, and true one."""

    reads = ("runs.csv",)
    shows = "failures"
    kind: Literal["failures"]
    variants: tuple[str, ...]


class Table(_FigureSpec):
    """Mean and interval of each metric for each variant, the best value of a column marked."""

    reads = ("metrics.csv",)
    kind: Literal["table"]
    metrics: tuple[Metric, ...]
    variants: tuple[str, ...] | None = None


class Schedules(_FigureSpec):
    """Learning rate against epoch, one panel a variant, over the whole published budget."""

    reads = ("facts.json",)
    kind: Literal["schedules"]
    variants: tuple[str, ...] | None = None


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


class TradeOff(_FigureSpec):
    """One metric against another, a point a variant, with intervals in both directions."""

    reads = ("metrics.csv",)
    kind: Literal["trade_off"]
    x: Metric
    y: Metric
    variants: tuple[str, ...] | None = None

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        return self.x, self.y


FigureSpec = Annotated[
    Curves
    | Comparison
    | SingleRuns
    | Profiles
    | Traces
    | Histograms
    | Table
    | Pairs
    | Spread
    | Schedules
    | ClassDistribution
    | Architecture
    | TradeOff
    | DecisionMap
    | Failures,
    Field(discriminator="kind"),
]
