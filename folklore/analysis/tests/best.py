"""Best: a named variant against every rival; an intersection-union test, with Bonferroni over the named variants."""

from folklore.analysis.intervals import paired_differences
from folklore.analysis.tests.claim_test import ClaimTest
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, bonferroni
from folklore.schema.claim import Best

Contrasts = tuple[Contrast, ...]


def find(claim: Best, series: SeedValues) -> Finding:
    by_named = [tuple(_contrast(claim, named, rival, series) for rival in claim.rivals) for named in claim.of]
    by_rival = list(zip(*by_named, strict=True))
    winner = min(by_named, key=lambda row: (_beats_all(row), -min(contrast.lead for contrast in row)))
    spoiler = min(by_rival, key=lambda column: (_beaten_by_all(column), max(contrast.lead for contrast in column)))
    leads = min(contrast.lead for contrast in winner) > 0
    return Finding(
        contrasts=sum(by_named, ()),
        decisive=winner if leads else spoiler,
        p_for=bonferroni(len(by_named), _beats_all(winner)),
        p_against=bonferroni(len(by_rival), _beaten_by_all(spoiler)),
    )


def _contrast(claim: Best, named: str, rival: str, series: SeedValues) -> Contrast:
    sign = 1 if claim.goal == "highest" else -1
    difference = paired_differences(series[named], series[rival])
    return Contrast("{} − {}", (named, rival), difference, sign * claim.margin, sign)


def _beats_all(row: Contrasts) -> float:
    return max(contrast.p_for for contrast in row)


def _beaten_by_all(column: Contrasts) -> float:
    """Return the p-value that one rival is better than every named variant."""
    return max(contrast.p_against for contrast in column)


def _too_few(claim: Best) -> str | None:
    return None if claim.rivals else "At this scale there is no other variant to compare with."


TEST = ClaimTest(find, too_few=_too_few)
