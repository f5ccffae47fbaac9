"""Profile and trace: what a recorder or a probe notes of the named parts of a network, at one moment or by epoch."""

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
    of: RecorderName | ProbeName
    moment: TimePoint = "end"
    measure: Statistic
    names: str = "*"  # which tensors, layers or parts, in the manner of file names: `conv*.bias`
    loss: float | None = None  # after the first epoch with a training loss of this or less
    above_zero: bool = False  # those alone that are not exactly 0

    @model_validator(mode="after")
    def _a_loss_tells_the_epoch(self):
        if (self.moment == "after_epoch") != (self.loss is not None):
            raise ValueError(
                "`moment: after_epoch` needs a training `loss` that tells which epoch, no other moment does"
            )
        return self


class Series(StrictModel):
    """What a recorder notes after every epoch, as a curve; of several names the mean, the largest or the smallest."""

    of: RecorderName
    measure: Statistic
    names: str = "*"
    across: Literal["mean", "largest", "smallest"] = "mean"
    moment: Literal["after_epoch", "updates"] = "after_epoch"
