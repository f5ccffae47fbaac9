"""Snapshot and Series: numbers of a recorder or a probe by tensor, layer or split, at one time point or by epoch."""

from typing import Literal

from pydantic import model_validator

from folklore.schema.strict_model import StrictModel

# What may be noted in a training; folklore/train/recorders holds one file for each.
RecorderName = Literal["gradients", "weights", "units", "flow", "layers", "logits", "ranking", "updates"]

# What may be asked of a run that is over, without training it anew; folklore/train/probes holds one file for each.
ProbeName = Literal["map", "robustness", "calibration", "failures", "answers"]

# The probes that need no network, and are asked of trees and regressions too.
OF_ANY_LEARNER: frozenset[ProbeName] = frozenset({"answers"})

# When: the mini-batches of a window, one probe batch that is the same every time, or windows of updates, each of which
# is named by the number of updates at its end.
TimePoint = Literal[
    "first_batches", "last_batches", "first_epochs", "last_epochs", "start", "after_epoch", "end", "updates"
]

Statistic = Literal[
    "mean",
    "sd",
    "root_mean_square",
    "size",
    "largest",
    "norm",
    "relative_norm",
    "square",
    "change",
    "distinct",
    "dead",
    "active",
    "rank",
    "confidence",
    "loss",
    "accuracy",
    "contribution",
    "density",
    "temperature",
    "scaled_loss",
    "calibration_error",
    "scaled_calibration_error",
    "macro_auroc",
    "noise",
    "regions",
    "boundary",
    "count",
    "right",
]


class Snapshot(StrictModel):
    """Numbers by tensor, layer or split at one time point of a run, from a recorder or from a probe."""

    recorder: RecorderName | None = None
    probe: ProbeName | None = None
    time_point: TimePoint = "end"
    statistic: Statistic
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
    def _a_loss_chooses_the_epoch(self):
        if (self.time_point == "after_epoch") != (self.loss is not None):
            raise ValueError("`loss`: required with `time_point: after_epoch`, not allowed otherwise")
        return self


class Series(StrictModel):
    """A recorded number after every epoch, or after every window of updates, read like a curve."""

    recorder: RecorderName
    statistic: Statistic
    names: str = "*"
    across: Literal["mean", "max", "min"] = "mean"  # of several names
    time_point: Literal["after_epoch", "updates"] = "after_epoch"
