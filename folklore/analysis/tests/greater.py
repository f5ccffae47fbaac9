"""Greater: the paired difference of two variants, the second one scaled by `times`, against the margin."""

from folklore.analysis.intervals import paired_differences
from folklore.analysis.tests.claim_test import ClaimTest
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, all_must_hold
from folklore.analysis.tests.frequency import Frequency
from folklore.schema.claim import Greater


def find(claim: Greater, series: SeedValues) -> Finding:
    of, than = series[claim.of], series[claim.than]
    names = (claim.of, claim.than)
    if claim.times != 1:
        form = f"{{}} − {claim.times:g} × {{}}"
        return all_must_hold([Contrast(form, names, paired_differences(of, claim.times * than), claim.margin, 1)])
    difference = ("{} − {}", names, paired_differences(of, than), claim.margin, 1)
    is_frequency = claim.metric.name == "diverged"
    return all_must_hold([Frequency(*difference, of, than) if is_frequency else Contrast(*difference)])


TEST = ClaimTest(find)
