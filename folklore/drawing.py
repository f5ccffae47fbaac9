"""Drawing: which figure a study asks for, and with which settings; folklore/figures draws it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveInt, field_validator

from folklore.block import Block
from folklore.claim import as_tuple
from folklore.metric import Curve, Metric
from folklore.profile import Moment, Quantity, Recorder

FORMATS = ("svg", "pdf", "png")  # for the page, for LaTeX, for slides


class _Drawing(Block):
    caption: str
    reads: ClassVar[tuple[str, ...]]  # the tables of the study that it is drawn from

    @property
    def named(self) -> tuple[str, ...]:
        """The variants that the figure names; none means every variant."""
        return getattr(self, "variants", None) or ((self.variant,) if hasattr(self, "variant") else ())


class Curves(_Drawing):
    """Loss and accuracy of each variant: a thin line a seed, a bold one for their mean, train and validation."""

    reads = ("curves.csv",)
    kind: Literal["curves"]
    variants: tuple[str, ...] | None = None
    smooth: PositiveInt = 1  # centred moving average over so many epochs
    running: bool = False  # the published training curve: measured while the weights moved


class Comparison(_Drawing):
    """One line a variant: mean over seeds with its 95 % interval as a band."""

    reads = ("curves.csv",)
    kind: Literal["comparison"]
    of: tuple[Curve, ...]
    variants: tuple[str, ...] | None = None
    smooth: PositiveInt = 1
    raw: bool = False  # a second row of panels without smoothing

    _of = field_validator("of", mode="before")(as_tuple)


class SingleRuns(_Drawing):
    """Every run by itself, a column a seed: loss and accuracy as measured, faint, and smoothed over them."""

    reads = ("curves.csv",)
    kind: Literal["single_runs"]
    variants: tuple[str, ...] | None = None
    smooth: PositiveInt = 1


class Profiles(_Drawing):
    """What was recorded of each tensor, a group of bars a tensor in the order of the forward pass, on a log axis.

    One variant: a panel a measure, a bar a moment. Several: a row a measure, a column a moment, a bar a variant.
    """

    reads = ("records.csv",)
    kind: Literal["profiles"]
    of: Recorder
    moments: tuple[Moment, ...]
    measures: tuple[Quantity, ...]
    names: str = "*"
    variants: tuple[str, ...] | None = None


class Table(_Drawing):
    """Mean and interval of each metric for each variant, the best value of a column marked."""

    reads = ("runs.csv", "curves.csv", "records.csv", "facts.json")
    kind: Literal["table"]
    metrics: tuple[Metric, ...]
    variants: tuple[str, ...] | None = None


class Schedules(_Drawing):
    """Learning rate against epoch, one panel a variant, over the whole published budget."""

    reads = ("facts.json",)
    kind: Literal["schedules"]
    variants: tuple[str, ...] | None = None


class ClassDistribution(_Drawing):
    """Examples a class in the training, validation and test part."""

    reads = ("facts.json",)
    kind: Literal["class_distribution"]
    variant: str


class Architecture(_Drawing):
    """The layers of a variant's model with output shapes, parameters and multiply-adds, read off the model itself."""

    reads = ("facts.json",)
    kind: Literal["architecture"]
    variant: str


class TradeOff(_Drawing):
    """One metric against another, a point a variant, with intervals in both directions."""

    reads = ("runs.csv", "curves.csv", "records.csv", "facts.json")
    kind: Literal["trade_off"]
    x: Metric
    y: Metric
    variants: tuple[str, ...] | None = None


Drawing = Annotated[
    Curves | Comparison | SingleRuns | Profiles | Table | Schedules | ClassDistribution | Architecture | TradeOff,
    Field(discriminator="kind"),
]
