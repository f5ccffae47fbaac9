"""Threshold: the mean of every named variant against the value."""

from folklore.analysis.rulings.contrast import Contrast
from folklore.analysis.rulings.finding import Finding, Series, all_must_hold
from folklore.studies.claim import Threshold


def find(claim: Threshold, series: Series) -> Finding:
    sign = 1 if claim.direction == "above" else -1
    return all_must_hold(Contrast(variant, series[variant], claim.value, sign) for variant in claim.of)
