"""Metric: one number per run, which claims test and figures show."""

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, PositiveFloat, PositiveInt, field_validator, model_validator

from folklore.schema.metric_kinds import METRIC_KINDS, SCORE, MetricKind
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
    "objective",
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

# Before the first update, after the last epoch, at the lowest validation loss, and as early stopping keeps them.
Checkpoint = Literal["initial", "last", "best", "stopped"]

TimeUnit = Literal["epochs", "updates", "seconds"]

_KINDS = METRIC_KINDS | dict.fromkeys(get_args(Score), SCORE)

Share = Annotated[float, Field(ge=0, le=1)]


class Metric(StrictModel):
    """One number per run: a score of a checkpoint, a cost, or a number derived from the run's curves and records.

    With `minus`, the difference to another metric of the same run. A plain curve name means the curve's value after the
    last epoch. `folklore/analysis/metrics/compute.py` computes them.
    """

    name: Literal[Score, *METRIC_KINDS]
    checkpoint: Checkpoint = "last"  # of a score
    of: Curve | Series | None = None
    level: float | None = None
    loss: float | None = None  # selects the first epoch with this training loss or less
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
        curves = set(get_args(Curve)).difference(_KINDS)
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
        needs, settings = self.kind.needs, self.kind.needs | self.kind.allows
        given = self.model_fields_set - {"name", "minus"}
        if self.checkpoint == "last":
            given -= {"checkpoint"}
        if not needs <= given <= settings:
            expected, got = (", ".join(sorted(names)) or "none" for names in (settings, given))
            fixes = [f"Add `{name}`" for name in sorted(needs - given)]
            fixes += [f"Remove `{name}`" for name in sorted(given - settings)]
            raise ValueError(f"metric {self.name!r}: expected settings {expected}; got {got}. {fixes[0]}")
        if self.last is not None and self.run_fraction is not None:
            raise ValueError("a window is set by `last` or by `run_fraction`, not by both")
        if self.name == "spearman" and self.to is None and self.other_variant is None:
            raise ValueError("metric 'spearman' needs another snapshot, `to`, or another variant, `other_variant`")
        if self.name == "mcnemar_p" and self.snapshot.producer != "correctness":
            raise ValueError(
                "metric 'mcnemar_p' compares correctness; expected `snapshot: {probe: correctness, statistic: correct}`"
            )
        return self

    @property
    def kind(self) -> MetricKind:
        return _KINDS[self.name]

    @property
    def curve(self) -> Curve | Series | None:
        """Return the curve that the metric is computed from; None except for curve and event metrics."""
        return self.of or self.kind.curve

    @property
    def terms(self) -> tuple["Metric", ...]:
        """Return the metric, its `minus`, the `minus` of that, and so on."""
        return (self, *(self.minus.terms if self.minus else ()))

    @property
    def choice(self) -> "Metric | None":
        """Return the first term that rates each seed's choice in a selection; None if there is none."""
        return next((term for term in self.terms if term.kind.family == "selection"), None)
