"""Equivalent: two one-sided tests a variant, above −margin and below +margin."""

from collections.abc import Iterator
from dataclasses import replace

from folklore.analysis.intervals import paired_differences
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, all_must_hold, bonferroni
from folklore.schema.claim import Equivalent


def find(claim: Equivalent, series: SeedValues) -> Finding:
    finding = all_must_hold(contrast for variant in claim.of for contrast in _both_sides(claim, variant, series))
    worst = min(contrast.p_against for contrast in finding.contrasts)
    # A mean cannot lie beyond both margins at once, so each variant is one chance to refute, not two.
    return replace(finding, p_against=bonferroni(len(claim.of), worst))


def _both_sides(claim: Equivalent, variant: str, series: SeedValues) -> Iterator[Contrast]:
    reference = series[claim.than] if isinstance(claim.than, str) else claim.than
    name = claim.than if isinstance(claim.than, str) else f"{claim.than:g}"
    difference = paired_differences(series[variant], reference)
    for sign in (1, -1):
        yield Contrast(f"{variant} − {name}", difference, -sign * claim.margin, sign)
