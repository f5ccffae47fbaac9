"""Claim: a falsifiable sentence about the runs of a study."""

from typing import Annotated, Any, Literal

from pydantic import Field, NonNegativeFloat, PositiveFloat, field_validator

from folklore.schema.metric import Metric
from folklore.schema.strict_model import NonEmpty, StrictModel

Names = tuple[str, ...]


def as_tuple(value: Any) -> Any:
    """Return a single name as a tuple; other values unchanged."""
    return (value,) if isinstance(value, str) else value


class _Claim(StrictModel):
    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]*\d*-\d+$")]
    says: str
    subclaim: str | None = None  # distinguishes several tests of one claim
    protocol: Literal["corrected", "as_published"] = "corrected"
    note: str | None = None  # on the test, for the reader

    @property
    def variants(self) -> tuple[str, ...]:
        """Return the variants and selections that the claim names."""
        names = [getattr(self, key, None) for key in ("of", "than", "over", "among")]
        listed = [name for value in names for name in (value if isinstance(value, tuple) else (value,))]
        return tuple(name for name in listed if isinstance(name, str))

    @property
    def sides(self) -> tuple[Names, Names]:
        """Return two groups of variants; the claim compares each of the first with each of the second."""
        return (), ()


class Greater(_Claim):
    """The metric of `of` exceeds `times` the metric of `than` by more than the margin, paired by seed."""

    test: Literal["greater"]
    metric: Metric
    of: str
    than: str
    times: PositiveFloat = 1.0
    margin: float = 0.0

    @property
    def sides(self) -> tuple[Names, Names]:
        return (self.of,), (self.than,)


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

    @property
    def sides(self) -> tuple[Names, Names]:
        return self.variants, self.variants


class Best(_Claim):
    """One of the named variants beats every other by more than the margin."""

    test: Literal["best"]
    metric: Metric
    of: NonEmpty[str]
    among: NonEmpty[str] | None = None  # None: every variant of the study
    goal: Literal["highest", "lowest"]
    margin: NonNegativeFloat = 0.0

    _of = field_validator("of", mode="before")(as_tuple)

    @property
    def rivals(self) -> Names:
        return tuple(variant for variant in self.among or () if variant not in self.of)

    @property
    def sides(self) -> tuple[Names, Names]:
        return self.of, self.rivals


class Equivalent(_Claim):
    """The difference of every named variant to the reference, a variant or a number, is inside ±margin."""

    test: Literal["equivalent"]
    metric: Metric
    of: NonEmpty[str]
    than: str | float
    margin: PositiveFloat

    _of = field_validator("of", mode="before")(as_tuple)

    @property
    def sides(self) -> tuple[Names, Names]:
        return self.of, (self.than,) if isinstance(self.than, str) else ()


class Threshold(_Claim):
    """The mean of every named variant is above, or below, a value; `exact` if it does not vary with the seed."""

    test: Literal["threshold"]
    metric: Metric
    of: NonEmpty[str]
    direction: Literal["above", "below"]
    value: float
    exact: bool = False

    _of = field_validator("of", mode="before")(as_tuple)


class NotTestable(_Claim):
    test: Literal["not_testable"]
    reason: str


Claim = Annotated[Greater | Trend | Best | Equivalent | Threshold | NotTestable, Field(discriminator="test")]
