"""Greater: the paired difference against the margin."""

from folklore.analysis.intervals import paired_differences
from folklore.analysis.rulings.contrast import Contrast
from folklore.analysis.rulings.finding import Finding, Series, all_must_hold
from folklore.analysis.rulings.frequency import Frequency
from folklore.claim import Greater


def find(claim: Greater, series: Series) -> Finding:
    of, than = series[claim.of], series[claim.than]
    shown = (f"{claim.of} − {claim.than}", paired_differences(of, than), claim.margin, 1)
    return all_must_hold([Frequency(*shown, of, than) if claim.metric.name == "diverged" else Contrast(*shown)])
