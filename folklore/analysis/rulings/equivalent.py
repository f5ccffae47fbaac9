"""Equivalent: two one-sided tests a variant, above −margin and below +margin."""

from collections.abc import Iterator
from dataclasses import replace

from folklore.analysis.intervals import paired_differences
from folklore.analysis.rulings.contrast import Contrast
from folklore.analysis.rulings.finding import Finding, Series, all_must_hold, chosen_among
from folklore.studies.claim import Equivalent


def find(claim: Equivalent, series: Series) -> Finding:
    finding = all_must_hold(contrast for variant in claim.of for contrast in _both_sides(claim, variant, series))
    worst = min(contrast.p_against for contrast in finding.contrasts)
    # A mean cannot lie beyond both margins at once, so each variant is one chance to refute, not two.
    return replace(finding, p_against=chosen_among(len(claim.of), worst))


def _both_sides(claim: Equivalent, variant: str, series: Series) -> Iterator[Contrast]:
    reference = series[claim.than] if isinstance(claim.than, str) else claim.than
    name = claim.than if isinstance(claim.than, str) else f"{claim.than:g}"
    difference = paired_differences(series[variant], reference)
    for sign in (1, -1):
        yield Contrast(f"{variant} − {name}", difference, -sign * claim.margin, sign)
