"""Greater: the paired difference against the margin."""

from folklore.analysis.intervals import paired_differences
from folklore.analysis.rulings.contrast import Contrast
from folklore.analysis.rulings.finding import Finding, Series, all_must_hold
from folklore.claim import Greater


def find(claim: Greater, series: Series) -> Finding:
    difference = paired_differences(series[claim.of], series[claim.than])
    return all_must_hold([Contrast(f"{claim.of} − {claim.than}", difference, claim.margin, 1)])
