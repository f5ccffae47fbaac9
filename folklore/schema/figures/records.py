"""Settings of figures of records: statistics that recorders take."""

from typing import ClassVar, Literal

from pydantic import field_validator, model_validator

from folklore.schema.claim import as_tuple
from folklore.schema.figures.figure_settings import FigureSettings
from folklore.schema.snapshot import PRODUCERS, RecorderName, StatisticName, TimePoint, check_statistics
from folklore.schema.strict_model import NonEmpty


class _OfRecords(FigureSettings):
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


class Histograms(FigureSettings):
    """Density of the logits after several epochs, one line per epoch: mean over seeds."""

    reads = ("records.csv",)
    recorder: ClassVar[RecorderName] = "logits"
    kind: Literal["histograms"]
    variant: str
    splits: NonEmpty[str] = ("train",)
