"""Metric: one number a run, which claims speak of and figures show."""

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, PositiveFloat, PositiveInt, field_validator, model_validator

from folklore.schema.snapshot import Series, Snapshot
from folklore.schema.strict_model import StrictModel

Curve = Literal[
    "lr",
    "updates",
    "seconds",
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

CostName = Literal["seconds", "seconds_per_epoch", "parameters"]

Clock = Literal["epochs", "updates", "seconds"]

Fact = Literal[
    "scheduled_lr",
    "class_ratio",
    "prior_entropy",
    "largest_share",
    "examples",
    "class_distance",
    "input_mean",
    "input_sd",
    "weights",
]

# How a choice among variants turns out, for each seed that made it; `of` and `than` name a selection.
Choice = Literal["regret", "optimism", "rank_agreement", "misses_best", "misses_best_on_average"]

Derived = Literal[
    "final",
    "at",
    "when",
    "minimum",
    "maximum",
    "mean",
    "decline",
    "rise",
    "range",
    "rises",
    "rough",
    "rough_share",
    "slope",
    "incline",
    "order",
    "spread",
    "ratio",
    "t_p",
    "first_above",
    "settled",
    "epoch_of_highest",
    "epoch_min_val",
    "overfit_rise",
    "overfit_slope",
    "diverged",
    "recorded",
    "recorded_smallest",
    "recorded_mean",
    "profile_level",
    "profile_order",
    "profile_evenness",
    "profile_rise",
    "profile_shift",
    "profile_agreement",
    "mcnemar_p",
]

# Which settings a metric needs, and which it may have. `of` may also be a trace.
_WINDOW = {"last", "span"}
_SETTINGS: dict[str, tuple[set[str], set[str]]] = {
    "final": ({"of"}, set()),
    "at": ({"of", "epoch"}, set()),
    "when": ({"of", "loss"}, set()),
    "minimum": ({"of"}, _WINDOW),
    "maximum": ({"of"}, _WINDOW),
    "mean": ({"of"}, _WINDOW),
    "decline": ({"of"}, set()),
    "rise": ({"of"}, set()),
    "range": ({"of"}, _WINDOW),
    "rises": ({"of"}, _WINDOW),
    "rough": ({"of"}, _WINDOW),
    "rough_share": ({"of"}, _WINDOW),
    "slope": ({"of"}, _WINDOW),
    "incline": ({"of"}, _WINDOW),
    "order": ({"of"}, _WINDOW),
    "spread": ({"of"}, _WINDOW),
    "ratio": ({"of"}, set()),
    "t_p": ({"level"}, {"clock"}),
    "first_above": ({"of", "level"}, {"clock"}),
    "settled": ({"of", "within"}, {"clock"}),
    "epoch_of_highest": ({"of"}, {"clock"}),
    "scheduled_lr": ({"epoch"}, set()),
    "class_ratio": ({"part"}, set()),
    "prior_entropy": ({"part"}, set()),
    "largest_share": ({"part"}, set()),
    "examples": ({"part"}, set()),
    "weights": ({"tensor"}, set()),
    "regret": ({"yardstick"}, set()),
    "optimism": ({"yardstick"}, set()),
    "rank_agreement": ({"yardstick"}, {"averaged"}),
    "misses_best": ({"yardstick"}, set()),
    "misses_best_on_average": ({"yardstick"}, set()),
    "recorded": ({"profile"}, set()),
    "recorded_smallest": ({"profile"}, set()),
    "recorded_mean": ({"profile"}, set()),
    "profile_level": ({"profile"}, set()),
    "profile_order": ({"profile"}, {"beside"}),
    "profile_evenness": ({"profile"}, set()),
    "profile_rise": ({"profile", "to"}, set()),
    "profile_shift": ({"profile", "to"}, set()),
    "profile_agreement": ({"profile"}, {"to", "beside"}),
    "mcnemar_p": ({"profile", "beside"}, set()),
}


# The curve of metrics whose name implies it.
_CURVES: dict[str, Curve] = {
    "t_p": "train_accuracy",
    "epoch_min_val": "validation_loss",
    "overfit_rise": "validation_loss",
    "overfit_slope": "validation_loss",
}


Share = Annotated[float, Field(ge=0, le=1)]


class Metric(StrictModel):
    """One number a run: a score of a checkpoint, a cost, or something derived from the run's curves and records.

    With `minus`, the difference to another number of the same run. Written as a plain name, a curve means its value
    after the last epoch. `folklore/analysis/metrics/values.py` computes them.
    """

    name: Literal[Score, CostName, Fact, Choice, Derived]
    checkpoint: Checkpoint = "last"  # of a score
    of: Curve | Series | None = None
    level: float | None = None
    loss: float | None = None  # a training loss, whose first epoch is meant
    within: PositiveFloat | None = None
    epoch: PositiveInt | None = None  # counted from 1
    last: PositiveInt | None = None  # only the last so many epochs
    span: tuple[Share, Share] | None = None  # only this part of the run: [0.25, 0.5] is its second quarter
    clock: Clock = "epochs"  # what an epoch is told in
    part: Literal["train", "validation", "test"] | None = None
    tensor: str | None = None
    profile: Snapshot | None = None
    to: Snapshot | None = None  # another profile of the same run
    beside: str | None = None  # another variant, with the same seed
    yardstick: Score | None = None  # what shows how good a choice was, of the checkpoint that it was made by
    averaged: bool = False  # chosen by the mean over all other seeds
    minus: "Metric | None" = None

    @model_validator(mode="before")
    @classmethod
    def _a_plain_name(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        only_a_curve = value in get_args(Curve) and value not in (*get_args(Score), *get_args(CostName))
        return {"name": "final", "of": value} if only_a_curve else {"name": value}

    @field_validator("span")
    @classmethod
    def _begins_before_it_ends(cls, span: tuple[float, float] | None) -> tuple[float, float] | None:
        if span is not None and span[0] >= span[1]:
            raise ValueError(f"a span is [from, to] as shares of the run, from below to; received {list(span)}")
        return span

    @model_validator(mode="after")
    def _has_its_settings(self):
        needed, allowed = _SETTINGS.get(self.name, (set(), set()))
        given = self.model_fields_set - {"name", "checkpoint", "minus"}
        if given != needed and not needed <= given <= needed | allowed:
            listed = ", ".join(sorted(needed | allowed)) or "no further settings"
            raise ValueError(f"metric {self.name!r} takes {listed}; given: {', '.join(sorted(given)) or 'none'}")
        if self.last is not None and self.span is not None:
            raise ValueError("a window is told by `last` or by `span`, not by both")
        if self.name == "profile_agreement" and self.to is None and self.beside is None:
            raise ValueError("metric 'profile_agreement' needs another profile, `to`, or another variant, `beside`")
        if self.name == "mcnemar_p" and self.profile.of != "answers":
            raise ValueError("metric 'mcnemar_p' compares right answers; its profile is {of: answers, measure: right}")
        if self.checkpoint != "last" and self.name not in get_args(Score):
            raise ValueError(f"metric {self.name!r} has no checkpoint; scores have: {', '.join(get_args(Score))}")
        return self

    @property
    def curve(self) -> Curve | Series | None:
        """The curve that the metric is computed from; None for scores, costs and facts."""
        return self.of or _CURVES.get(self.name)

    @property
    def is_time(self) -> bool:
        """True for the epoch, update or second at which an event happens."""
        return "clock" in _SETTINGS.get(self.name, (set(), set()))[1]

    @property
    def terms(self) -> tuple["Metric", ...]:
        """Itself, what is subtracted from it, what from that, and so on."""
        return (self, *(self.minus.terms if self.minus else ()))

    @property
    def choice(self) -> "Metric | None":
        """The first term that is about how each seed chooses among the variants of a selection."""
        return next((term for term in self.terms if term.name in get_args(Choice)), None)
