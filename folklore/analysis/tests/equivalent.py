"""Equivalent: two one-sided tests per variant, above −margin and below +margin."""

from collections.abc import Iterator
from dataclasses import replace

from folklore.analysis.intervals import paired_differences
from folklore.analysis.tests.claim_test import ClaimTest
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, all_must_hold, bonferroni
from folklore.schema.claim import Equivalent


def find(claim: Equivalent, series: SeedValues) -> Finding:
    finding = all_must_hold(contrast for variant in claim.of for contrast in _both_sides(claim, variant, series))
    worst = min(contrast.p_against for contrast in finding.contrasts)
    # A mean cannot be beyond both margins at once, so each variant is one chance to refute, not two.
    return replace(finding, p_against=bonferroni(len(claim.of), worst))


def _both_sides(claim: Equivalent, variant: str, series: SeedValues) -> Iterator[Contrast]:
    named = isinstance(claim.than, str)
    form, names = ("{} − {}", (variant, claim.than)) if named else (f"{{}} − {claim.than:g}", (variant,))
    difference = paired_differences(series[variant], series[claim.than] if named else claim.than)
    for sign in (1, -1):
        yield Contrast(form, names, difference, -sign * claim.margin, sign)


TEST = ClaimTest(find)
