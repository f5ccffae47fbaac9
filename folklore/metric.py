"""Metric: one number a run, which claims speak of and figures show."""

from typing import Any, Literal, get_args

from pydantic import PositiveInt, model_validator

from folklore.block import Block
from folklore.profile import Profile

Curve = Literal[
    "lr",
    "running_loss",
    "running_accuracy",
    "train_loss",
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
    "displacement",
    "gap_acc",
    "gap_loss",
    "running_gap_acc",
    "running_gap_loss",
]

Score = Literal[
    "train_loss",
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
    "test_loss",
    "test_accuracy",
    "test_batch_mean_loss",
    "test_batch_mean_accuracy",
    "test_macro_f1",
    "test_macro_auroc",
]

# Before the first update, after the last epoch, and with the lowest validation loss.
Checkpoint = Literal["initial", "last", "best"]

Cost = Literal["seconds", "parameters"]

Derived = Literal[
    "final",
    "at",
    "minimum",
    "maximum",
    "mean",
    "decline",
    "rise",
    "rough",
    "slope",
    "spread",
    "ratio",
    "t_p",
    "first_above",
    "epoch_min_val",
    "overfit_rise",
    "overfit_slope",
    "scheduled_lr",
    "diverged",
    "class_ratio",
    "input_mean",
    "input_sd",
    "weights",
    "recorded",
    "profile_level",
    "profile_order",
    "profile_evenness",
    "profile_rise",
    "profile_shift",
    "profile_agreement",
]

# Which settings a derived metric needs, and which it may have.
_DERIVED_SETTINGS: dict[str, tuple[set[str], set[str]]] = {
    "final": ({"of"}, set()),
    "at": ({"of", "epoch"}, set()),
    "minimum": ({"of"}, set()),
    "maximum": ({"of"}, set()),
    "mean": ({"of"}, {"last"}),
    "decline": ({"of"}, set()),
    "rise": ({"of"}, set()),
    "rough": ({"of"}, {"last"}),
    "slope": ({"of"}, {"last"}),
    "spread": ({"of"}, {"last"}),
    "ratio": ({"of"}, set()),
    "t_p": ({"level"}, set()),
    "first_above": ({"of", "level"}, set()),
    "epoch_min_val": (set(), set()),
    "overfit_rise": (set(), set()),
    "overfit_slope": (set(), set()),
    "scheduled_lr": ({"epoch"}, set()),
    "diverged": (set(), set()),
    "class_ratio": ({"part"}, set()),
    "input_mean": (set(), set()),
    "input_sd": (set(), set()),
    "weights": ({"tensor"}, set()),
    "recorded": ({"profile"}, set()),
    "profile_level": ({"profile"}, set()),
    "profile_order": ({"profile"}, {"beside"}),
    "profile_evenness": ({"profile"}, set()),
    "profile_rise": ({"profile", "to"}, set()),
    "profile_shift": ({"profile", "to"}, set()),
    "profile_agreement": ({"profile"}, {"to", "beside"}),
}


class Metric(Block):
    """One number a run: a score of a checkpoint, a cost, or something derived from the run's curves.

    Written as a plain name, a curve means its value after the last epoch. `folklore/analysis/metrics.py` computes them.
    """

    name: Literal[Score, Cost, Derived]
    checkpoint: Checkpoint = "last"  # of a score
    of: Curve | None = None
    level: float | None = None
    epoch: PositiveInt | None = None  # counted from 1
    last: PositiveInt | None = None  # only the last so many epochs
    part: Literal["train", "validation", "test"] | None = None
    tensor: str | None = None
    profile: Profile | None = None
    to: Profile | None = None  # another profile of the same run
    beside: str | None = None  # another variant, with the same seed

    @model_validator(mode="before")
    @classmethod
    def _a_plain_name(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        only_a_curve = value in get_args(Curve) and value not in get_args(Score)
        return {"name": "final", "of": value} if only_a_curve else {"name": value}

    @model_validator(mode="after")
    def _has_its_settings(self):
        needed, allowed = _DERIVED_SETTINGS.get(self.name, (set(), set()))
        given = self.model_fields_set - {"name", "checkpoint"}
        if given != needed and not needed <= given <= needed | allowed:
            listed = ", ".join(sorted(needed | allowed)) or "no further settings"
            raise ValueError(f"metric {self.name!r} takes {listed}; given: {', '.join(sorted(given)) or 'none'}")
        if self.name == "profile_agreement" and self.to is None and self.beside is None:
            raise ValueError("metric 'profile_agreement' needs another profile, `to`, or another variant, `beside`")
        if self.checkpoint != "last" and self.name not in get_args(Score):
            raise ValueError(f"metric {self.name!r} has no checkpoint; scores have: {', '.join(get_args(Score))}")
        return self
