"""Verdict: the outcome of a claim with effect and interval; judge_claims writes it, the report reads it."""

from enum import StrEnum

from folklore.schema.strict_model import StrictModel


class Ruling(StrEnum):
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    NOT_TESTABLE = "not testable"


class ComparedEffect(StrictModel):
    """Effect and interval of one comparison; a claim on several variants has several."""

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
    metric: str | None = None  # in words, for the report
    effect: float | None = None  # of the comparison that decided
    low: float | None = None
    high: float | None = None
    margin: float | None = None  # the bound that the effect is compared with
    p_value: float | None = None  # of the t test; for a trend the larger of it and the permutation test's
    p_holm: float | None = None  # after Holm's correction within the study
    p_exact: float | None = None  # sign-flip test over the seeds
    more_seeds: int | None = None  # needed at the observed effect and SD
    seeds: tuple[int, ...] = ()
    diverged: tuple[str, ...] = ()  # runs without a number, as `variant, seed`
    comparisons: tuple[ComparedEffect, ...] = ()
    selected: dict[str, str] = {}  # selection → selected variant
    source: str | None = None  # of the data: official, local or embedded
    stand_in: bool = False
    note: str | None = None
