"""Threshold: the mean of every named variant against the value."""

from folklore.analysis.tests.claim_test import ClaimTest
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, all_must_hold
from folklore.schema.claim import Threshold


def find(claim: Threshold, series: SeedValues) -> Finding:
    sign = 1 if claim.direction == "above" else -1
    return all_must_hold(Contrast("{}", (variant,), series[variant], claim.value, sign) for variant in claim.of)


TEST = ClaimTest(find, subject="for {contrast}, the {metric}", bound="{bound}{unit}")
