"""FigureSettings: the base of the settings of every kind of figure."""

from typing import ClassVar

from folklore.schema.metric import Curve, Metric
from folklore.schema.snapshot import ProbeName, RecorderName
from folklore.schema.strict_model import StrictModel


class FigureSettings(StrictModel):
    caption: str  # `{seeds}` becomes the number of seeds, such as `5 seeds`
    reads: ClassVar[tuple[str, ...]]  # tables of the study: the one that it is drawn from, and others that it reads
    shows: ClassVar[ProbeName | None] = None  # the probe whose arrays are drawn in place of a table

    @property
    def named(self) -> tuple[str, ...]:
        """The variants that the figure names; empty for every variant."""
        return getattr(self, "variants", None) or ((self.variant,) if hasattr(self, "variant") else ())

    @property
    def named_metrics(self) -> tuple[Metric, ...]:
        """The metrics that the figure shows, for metrics.csv."""
        return getattr(self, "metrics", ())

    @property
    def curves(self) -> tuple[Curve, ...]:
        """The curves that the figure names."""
        return ()

    @property
    def producer(self) -> RecorderName | ProbeName | None:
        """The recorder or probe whose records or arrays the figure shows."""
        return getattr(self, "recorder", self.shows)
