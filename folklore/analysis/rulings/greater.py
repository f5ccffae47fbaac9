"""Greater: the paired difference, to so many times the other one, against the margin."""

from folklore.analysis.intervals import paired_differences
from folklore.analysis.rulings.contrast import Contrast
from folklore.analysis.rulings.finding import Finding, Series, all_must_hold
from folklore.analysis.rulings.frequency import Frequency
from folklore.studies.claim import Greater


def find(claim: Greater, series: Series) -> Finding:
    of, than = series[claim.of], series[claim.than]
    if claim.times != 1:
        label = f"{claim.of} − {claim.times:g} × {claim.than}"
        return all_must_hold([Contrast(label, paired_differences(of, claim.times * than), claim.margin, 1)])
    shown = (f"{claim.of} − {claim.than}", paired_differences(of, than), claim.margin, 1)
    return all_must_hold([Frequency(*shown, of, than) if claim.metric.name == "diverged" else Contrast(*shown)])
