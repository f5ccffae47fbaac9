"""Metric: one number a run, which claims speak of and figures show."""

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, PositiveFloat, PositiveInt, field_validator, model_validator

from folklore.schema.renamed import new_name
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
    "update_norm",
    "accuracy_gap",
    "loss_gap",
    "running_accuracy_gap",
    "running_loss_gap",
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

TimeUnit = Literal["epochs", "updates", "seconds"]

Fact = Literal[
    "scheduled_lr",
    "class_ratio",
    "prior_cross_entropy",
    "majority_class_accuracy",
    "n_examples",
    "class_distance",
    "max_abs_channel_mean",
    "max_abs_channel_std_error",
    "n_weights",
]

# How a choice among variants turns out, for each seed that made it; `of` and `than` name a selection.
Choice = Literal["regret", "optimism", "rank_agreement", "is_suboptimal", "is_suboptimal_on_average"]

Derived = Literal[
    "final",
    "at_epoch",
    "at_train_loss",
    "minimum",
    "maximum",
    "mean",
    "drop_from_max",
    "rise_from_min",
    "range",
    "n_increases",
    "roughness",
    "relative_roughness",
    "abs_slope",
    "slope",
    "kendall_tau",
    "std",
    "ratio",
    "epochs_to_accuracy",
    "first_epoch_above",
    "convergence_epoch",
    "epoch_of_max",
    "best_epoch",
    "overfit_slope",
    "diverged",
    "recorded_max",
    "recorded_min",
    "recorded_mean",
    "log10_mean",
    "depth_kendall_tau",
    "normalised_entropy",
    "log10_change",
    "total_variation",
    "spearman",
    "mcnemar_p",
]

# Which settings a metric needs, and which it may have. `of` may also be a trace.
_WINDOW = {"last", "run_fraction"}
_SETTINGS: dict[str, tuple[set[str], set[str]]] = {
    "final": ({"of"}, set()),
    "at_epoch": ({"of", "epoch"}, set()),
    "at_train_loss": ({"of", "loss"}, set()),
    "minimum": ({"of"}, _WINDOW),
    "maximum": ({"of"}, _WINDOW),
    "mean": ({"of"}, _WINDOW),
    "drop_from_max": ({"of"}, set()),
    "rise_from_min": ({"of"}, set()),
    "range": ({"of"}, _WINDOW),
    "n_increases": ({"of"}, _WINDOW),
    "roughness": ({"of"}, _WINDOW),
    "relative_roughness": ({"of"}, _WINDOW),
    "abs_slope": ({"of"}, _WINDOW),
    "slope": ({"of"}, _WINDOW),
    "kendall_tau": ({"of"}, _WINDOW),
    "std": ({"of"}, _WINDOW),
    "ratio": ({"of"}, set()),
    "epochs_to_accuracy": ({"level"}, {"time_unit"}),
    "first_epoch_above": ({"of", "level"}, {"time_unit"}),
    "convergence_epoch": ({"of", "within"}, {"time_unit"}),
    "epoch_of_max": ({"of"}, {"time_unit"}),
    "scheduled_lr": ({"epoch"}, set()),
    "class_ratio": ({"split"}, set()),
    "prior_cross_entropy": ({"split"}, set()),
    "majority_class_accuracy": ({"split"}, set()),
    "n_examples": ({"split"}, set()),
    "n_weights": ({"tensor"}, set()),
    "regret": ({"target_score"}, set()),
    "optimism": ({"target_score"}, set()),
    "rank_agreement": ({"target_score"}, {"averaged"}),
    "is_suboptimal": ({"target_score"}, set()),
    "is_suboptimal_on_average": ({"target_score"}, set()),
    "recorded_max": ({"snapshot"}, set()),
    "recorded_min": ({"snapshot"}, set()),
    "recorded_mean": ({"snapshot"}, set()),
    "log10_mean": ({"snapshot"}, set()),
    "depth_kendall_tau": ({"snapshot"}, {"other_variant"}),
    "normalised_entropy": ({"snapshot"}, set()),
    "log10_change": ({"snapshot", "to"}, set()),
    "total_variation": ({"snapshot", "to"}, set()),
    "spearman": ({"snapshot"}, {"to", "other_variant"}),
    "mcnemar_p": ({"snapshot", "other_variant"}, set()),
}


# The curve of metrics whose name implies it.
_CURVES: dict[str, Curve] = {
    "epochs_to_accuracy": "train_accuracy",
    "best_epoch": "validation_loss",
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
    last: PositiveInt | None = None  # number of epochs at the end of the run
    run_fraction: tuple[Share, Share] | None = None  # [0.25, 0.5] is the run's second quarter
    time_unit: TimeUnit = "epochs"
    split: Literal["train", "validation", "test"] | None = None
    tensor: str | None = None
    snapshot: Snapshot | None = None
    to: Snapshot | None = None  # another snapshot of the same run
    other_variant: str | None = None  # with the same seed
    target_score: Score | None = None  # rates a choice, at the checkpoint that the choice was made by
    averaged: bool = False  # chosen by the mean over all other seeds
    minus: "Metric | None" = None

    @model_validator(mode="before")
    @classmethod
    def _a_plain_name(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        curves = set(get_args(Curve)).difference(get_args(Score), get_args(CostName))
        only_a_curve = value in curves or new_name(value, curves)
        return {"name": "final", "of": value} if only_a_curve else {"name": value}

    @field_validator("run_fraction")
    @classmethod
    def _begins_before_it_ends(cls, fraction: tuple[float, float] | None) -> tuple[float, float] | None:
        if fraction is not None and fraction[0] >= fraction[1]:
            raise ValueError(f"expected [from, to] with from below to, as fractions of the run; got {list(fraction)}")
        return fraction

    @model_validator(mode="after")
    def _has_its_settings(self):
        needed, allowed = _SETTINGS.get(self.name, (set(), set()))
        given = self.model_fields_set - {"name", "checkpoint", "minus"}
        if given != needed and not needed <= given <= needed | allowed:
            listed = ", ".join(sorted(needed | allowed)) or "no further settings"
            raise ValueError(f"metric {self.name!r} takes {listed}; given: {', '.join(sorted(given)) or 'none'}")
        if self.last is not None and self.run_fraction is not None:
            raise ValueError("a window is set by `last` or by `run_fraction`, not by both")
        if self.name == "spearman" and self.to is None and self.other_variant is None:
            raise ValueError("metric 'spearman' needs another snapshot, `to`, or another variant, `other_variant`")
        if self.name == "mcnemar_p" and self.snapshot.producer != "answers":
            raise ValueError(
                "metric 'mcnemar_p' compares right answers; expected `snapshot: {probe: answers, statistic: right}`"
            )
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
        return "time_unit" in _SETTINGS.get(self.name, (set(), set()))[1]

    @property
    def terms(self) -> tuple["Metric", ...]:
        """Itself, what is subtracted from it, what from that, and so on."""
        return (self, *(self.minus.terms if self.minus else ()))

    @property
    def choice(self) -> "Metric | None":
        """The first term that is about how each seed chooses among the variants of a selection."""
        return next((term for term in self.terms if term.name in get_args(Choice)), None)
