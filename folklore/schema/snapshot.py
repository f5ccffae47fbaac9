"""Snapshot and Series: numbers of a recorder or a probe by tensor, layer or split, at one time point or by epoch."""

from collections.abc import Iterable
from typing import Literal

from pydantic import model_validator

from folklore.execution.errors import unknown
from folklore.schema.probes import PROBES
from folklore.schema.recorders import RECORDERS
from folklore.schema.strict_model import StrictModel

RecorderName = Literal[*RECORDERS]
ProbeName = Literal[*PROBES]

# When: the mini-batches of a window, one probe batch that is the same every time, or windows of updates, each of which
# is named by the number of updates at its end.
TimePoint = Literal[
    "first_batches", "last_batches", "first_epochs", "last_epochs", "start", "after_epoch", "end", "updates"
]

PRODUCERS = RECORDERS | PROBES

StatisticName = Literal[*dict.fromkeys(name for producer in PRODUCERS.values() for name in producer.statistics)]


def check_statistics(of: str, statistics: Iterable[str]) -> None:
    """Raise ValueError for a statistic that the recorder or probe does not have."""
    known = PRODUCERS[of].statistics
    for statistic in statistics:
        if statistic not in known:
            raise ValueError(unknown(f"statistic of {of!r}", statistic, known))


class Snapshot(StrictModel):
    """Numbers by tensor, layer or split at one time point of a run, from a recorder or from a probe."""

    recorder: RecorderName | None = None
    probe: ProbeName | None = None
    time_point: TimePoint = "end"
    statistic: StatisticName
    names: str = "*"  # of tensors, layers or splits, as file name patterns: `conv*.bias`
    loss: float | None = None  # the first epoch with this training loss or less
    above_zero: bool = False  # leave out numbers that are exactly 0

    @property
    def producer(self) -> RecorderName | ProbeName:
        return self.recorder or self.probe

    @model_validator(mode="after")
    def _has_one_producer(self):
        if (self.recorder is None) == (self.probe is None):
            raise ValueError("expected either `recorder` or `probe`")
        return self

    @model_validator(mode="after")
    def _its_producer_has_the_statistic(self):
        check_statistics(self.producer, [self.statistic])
        return self

    @model_validator(mode="after")
    def _a_loss_chooses_the_epoch(self):
        if (self.time_point == "after_epoch") != (self.loss is not None):
            raise ValueError("`loss`: required with `time_point: after_epoch`, not allowed otherwise")
        return self


class Series(StrictModel):
    """A recorded number after every epoch, or after every window of updates, read like a curve."""

    recorder: RecorderName
    statistic: StatisticName
    names: str = "*"
    across: Literal["mean", "max", "min"] = "mean"  # of several names
    time_point: Literal["after_epoch", "updates"] = "after_epoch"

    @model_validator(mode="after")
    def _its_recorder_has_the_statistic(self):
        check_statistics(self.recorder, [self.statistic])
        return self
