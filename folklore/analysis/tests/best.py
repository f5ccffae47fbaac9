"""Best: a named variant against every rival; an intersection-union test, with Bonferroni over the named ones."""

from folklore.analysis.intervals import paired_differences
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, bonferroni
from folklore.schema.claim import Best

Contrasts = tuple[Contrast, ...]


def rivals(claim: Best) -> list[str]:
    return [variant for variant in claim.among or () if variant not in claim.of]


def find(claim: Best, series: SeedValues) -> Finding:
    by_named = [tuple(_contrast(claim, named, rival, series) for rival in rivals(claim)) for named in claim.of]
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
    return Contrast(f"{named} − {rival}", difference, sign * claim.margin, sign)


def _beats_all(row: Contrasts) -> float:
    return max(contrast.p_for for contrast in row)


def _beaten_by_all(column: Contrasts) -> float:
    """p that one rival leaves every named variant behind."""
    return max(contrast.p_against for contrast in column)
