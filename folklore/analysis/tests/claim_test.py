"""ClaimTest: how one kind of claim is tested, and the words of its verdicts that differ from other kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from folklore.analysis.tests import TESTS
from folklore.analysis.tests.finding import Finding, SeedValues
from folklore.schema.claim import Claim


@dataclass(frozen=True)
class ClaimTest:
    """`subject` and `bound` are templates, for the metric, the contrast, the bound and the metric's unit."""

    find: Callable[[Any, SeedValues], Finding]  # takes the claim, and its metric by variant, one value per seed
    subject: str = "{contrast} in {metric}"
    bound: str = "the margin of {bound}"
    has_unit: bool = True  # False: the test compares no values of the metric, but a number without a unit
    too_few: Callable[[Any], str | None] | None = None  # returns a sentence where this scale leaves too few variants


def resolve_test(claim: Claim) -> ClaimTest:
    return resolve_name(TESTS[claim.test])
