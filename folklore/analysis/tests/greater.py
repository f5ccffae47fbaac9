"""Greater: the paired difference, to so many times the other one, against the margin."""

from folklore.analysis.intervals import paired_differences
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, all_must_hold
from folklore.analysis.tests.frequency import Frequency
from folklore.schema.claim import Greater


def find(claim: Greater, series: SeedValues) -> Finding:
    of, than = series[claim.of], series[claim.than]
    if claim.times != 1:
        label = f"{claim.of} − {claim.times:g} × {claim.than}"
        return all_must_hold([Contrast(label, paired_differences(of, claim.times * than), claim.margin, 1)])
    shown = (f"{claim.of} − {claim.than}", paired_differences(of, than), claim.margin, 1)
    return all_must_hold([Frequency(*shown, of, than) if claim.metric.name == "diverged" else Contrast(*shown)])
