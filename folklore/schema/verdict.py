"""Verdict: what became of a claim, with its interval, as the judging rule writes it and the report reads it."""

from enum import StrEnum

from folklore.schema.strict_model import StrictModel


class Ruling(StrEnum):
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    NOT_TESTABLE = "not testable"


class ComparedEffect(StrictModel):
    """One interval that a verdict rests on; a claim about several variants rests on several."""

    label: str
    effect: float | None
    low: float | None  # the 95 % interval over seeds
    high: float | None
    values: tuple[float | None, ...] = ()  # the metric, difference or τ of each seed; None where a run diverged


class Verdict(StrictModel):
    id: str
    subclaim: str | None = None
    protocol: str
    says: str
    test: str
    ruling: Ruling
    reason: str  # one sentence with the numbers that decided
    metric: str | None = None  # in words
    effect: float | None = None  # of the comparison that decided
    low: float | None = None
    high: float | None = None
    margin: float | None = None  # what the effect is held against
    p_value: float | None = None  # of the t test; for a trend the larger of it and the permutation test's
    p_holm: float | None = None  # after Holm's correction within the study
    p_exact: float | None = None  # sign-flip test over the seeds
    more_seeds: int | None = None  # how many more would settle it at the observed spread
    seeds: tuple[int, ...] = ()
    diverged: tuple[str, ...] = ()  # runs without a number, as `variant, seed`
    comparisons: tuple[ComparedEffect, ...] = ()
    selected: dict[str, str] = {}  # selection that the claim names → what it chose
    source: str | None = None  # of the data: official, local or embedded
    stand_in: bool = False
    note: str | None = None
