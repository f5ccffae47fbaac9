"""Settings of figures of curves: quantities by epoch."""

from typing import Literal

from pydantic import PositiveInt, field_validator

from folklore.schema.claim import as_tuple
from folklore.schema.figures.figure_settings import FigureSettings
from folklore.schema.metric import Curve, TimeUnit
from folklore.schema.strict_model import NonEmpty


class Curves(FigureSettings):
    """Training and validation loss and accuracy of each variant: one thin line per seed, a bold one for their mean."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["curves"]
    variants: NonEmpty[str] | None = None
    smooth: PositiveInt = 1  # epochs of a centred moving average
    running: bool = False  # the running training curve, averaged during the epoch


class Comparison(FigureSettings):
    """One line per variant: the mean over seeds, with its 95 % interval as a band."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["comparison"]
    of: NonEmpty[Curve]
    time_unit: TimeUnit = "epochs"  # of the horizontal axis
    variants: NonEmpty[str] | None = None
    smooth: PositiveInt = 1
    raw: bool = False  # a second row of panels without smoothing

    _of = field_validator("of", mode="before")(as_tuple)

    @property
    def curves(self) -> tuple[Curve, ...]:
        return self.of


class SingleRuns(FigureSettings):
    """Each run by itself, one column per seed: loss and accuracy, unsmoothed and smoothed."""

    reads = ("curves.csv", "runs.csv")
    kind: Literal["single_runs"]
    variants: NonEmpty[str] | None = None
    smooth: PositiveInt = 1
