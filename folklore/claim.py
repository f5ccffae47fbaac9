"""Claim: a falsifiable sentence about the runs of a study. Metric: the number of a run that it speaks of."""

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, NonNegativeFloat, PositiveFloat, PositiveInt, field_validator, model_validator

from folklore.block import Block

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
    "scheduled_lr",
    "class_ratio",
    "input_mean",
    "input_sd",
    "weights",
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
    "scheduled_lr": ({"epoch"}, set()),
    "class_ratio": ({"part"}, set()),
    "input_mean": (set(), set()),
    "input_sd": (set(), set()),
    "weights": ({"tensor"}, set()),
}


class Metric(Block):
    """One number a run: a score of a checkpoint, a cost, or something derived from the run's curves.

    Written as a plain name, a curve means its value after the last epoch. `folklore/analysis/metrics.py` computes them.
    """

    name: Literal[Score, Cost, Derived]
    checkpoint: Literal["last", "best"] = "last"  # of a score: after the last epoch, or with the best validation loss
    of: Curve | None = None
    level: float | None = None
    epoch: PositiveInt | None = None  # counted from 1
    last: PositiveInt | None = None  # only the last so many epochs
    part: Literal["train", "validation", "test"] | None = None
    tensor: str | None = None

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
        if self.checkpoint == "best" and self.name not in get_args(Score):
            raise ValueError(f"metric {self.name!r} has no checkpoint; scores have: {', '.join(get_args(Score))}")
        return self


def as_tuple(value: Any) -> Any:
    """One name may be written without a list around it."""
    return (value,) if isinstance(value, str) else value


class _Claim(Block):
    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]*\d*-\d+$")]
    says: str
    part: str | None = None  # when one sentence needs several tests
    protocol: Literal["corrected", "as_published"] = "corrected"
    note: str | None = None  # what the reader should know about the test

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants that the claim names."""
        names = [getattr(self, key, None) for key in ("of", "than", "over", "among")]
        listed = [name for value in names for name in (value if isinstance(value, tuple) else (value,))]
        return tuple(name for name in listed if isinstance(name, str))


class Greater(_Claim):
    """The metric of one variant exceeds that of another by more than the margin, paired by seed."""

    test: Literal["greater"]
    metric: Metric
    of: str
    than: str
    margin: float = 0.0


class Trend(_Claim):
    """The metric is monotone along an ordered axis: mean over seeds of Kendall's τ beyond the margin."""

    test: Literal["trend"]
    metric: Metric
    over: str | tuple[str, ...]  # an axis, or variants in order
    direction: Literal["up", "down"]
    margin: Annotated[float, Field(ge=0, lt=1)] = 0.0  # of τ

    @property
    def variants(self) -> tuple[str, ...]:
        return self.over if isinstance(self.over, tuple) else ()


class Best(_Claim):
    """One of the named variants beats every other by more than the margin."""

    test: Literal["best"]
    metric: Metric
    of: Annotated[tuple[str, ...], Field(min_length=1)]
    among: tuple[str, ...] | None = None  # None: every variant of the study
    goal: Literal["highest", "lowest"]
    margin: NonNegativeFloat = 0.0

    _of = field_validator("of", mode="before")(as_tuple)


class Equivalent(_Claim):
    """The difference of every named variant to the reference, a variant or a number, lies inside ±margin."""

    test: Literal["equivalent"]
    metric: Metric
    of: Annotated[tuple[str, ...], Field(min_length=1)]
    than: str | float
    margin: PositiveFloat

    _of = field_validator("of", mode="before")(as_tuple)


class Threshold(_Claim):
    """The mean of every named variant lies above, or below, a value; `exact` if it does not vary with the seed."""

    test: Literal["threshold"]
    metric: Metric
    of: Annotated[tuple[str, ...], Field(min_length=1)]
    direction: Literal["above", "below"]
    value: float
    exact: bool = False

    _of = field_validator("of", mode="before")(as_tuple)


class NotTestable(_Claim):
    test: Literal["not_testable"]
    reason: str


Claim = Annotated[Greater | Trend | Best | Equivalent | Threshold | NotTestable, Field(discriminator="test")]
