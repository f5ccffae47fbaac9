"""Why a claim was ruled as it was: one sentence with the numbers that decided."""

from folklore.analysis import intervals
from folklore.analysis.claim_data import ClaimData
from folklore.analysis.intervals import ALPHA
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding
from folklore.schema.claim import Claim, Threshold
from folklore.schema.verdict import Ruling
from folklore.wording.metrics import exactly, in_words, listed, number, unit

_SUBJECTS = {
    "greater": "The difference {label} in {metric}",
    "best": "The difference {label} in {metric}",
    "equivalent": "The difference {label} in {metric}",
    "threshold": "The {metric} of {label}",
    "trend": "For the {metric}, Kendall's {label}",
}
_OF_A_SELECTION = "For {label}, the {metric}"


def of_numbers(data: ClaimData, finding: Finding, family: int, p_holm: float | None) -> str:
    """`family` is the number of tests that Holm's correction covers."""
    claim, deciding = data.claim, finding.deciding
    form = _OF_A_SELECTION if claim.test == "threshold" and claim.metric.choice else _SUBJECTS[claim.test]
    subject = form.format(label=deciding.label, metric=in_words(claim.metric))
    said = f"{subject} {_average(claim, deciding)}"
    if finding.p is None:
        return f"{said} with the only seed, and one seed decides nothing{_lower_bounds(data)}."
    said += f"{_company(finding)}, {_place(claim, deciding)}"
    return f"{said}{_corrections(finding, family, p_holm)}{_lower_bounds(data)}."


def of_values(claim: Threshold, series: dict[str, float], ruling: Ruling) -> str:
    found = listed([f"{number(value)} for {variant}" for variant, value in series.items()])
    verb = "lies" if ruling is Ruling.SUPPORTED else "does not lie"
    place = f"{claim.direction} {exactly(claim.value)}{unit(claim.metric)}"
    return f"The {in_words(claim.metric)} is {found}, which {verb} {place} whatever the seed."


def _average(claim: Claim, contrast: Contrast) -> str:
    mean, low, high = contrast.interval
    units = "" if claim.test == "trend" else unit(claim.metric)
    if len(contrast.values) == 1:
        return f"is {number(mean)}{units}"
    if intervals.identical(contrast.values):
        return f"is {number(mean)}{units} with each of {len(contrast.values)} seeds"
    return f"averages {number(mean)}{units} [{number(low)}, {number(high)}] over {len(contrast.values)} seeds"


def _company(finding: Finding) -> str:
    compared = len({contrast.label for contrast in finding.decisive})
    return f", the least clear of {compared} comparisons" if compared > 1 else ""


def _place(claim: Claim, contrast: Contrast) -> str:
    """Where the mean lies with respect to the bound, and whether that is sure."""
    bound = _bound(claim, contrast)
    if contrast.p <= ALPHA and claim.test == "equivalent" and contrast.lead > 0:
        return f"wholly inside ±{exactly(claim.margin)}"
    side = "above" if contrast.interval.mean > contrast.bound else "below"
    if contrast.p <= ALPHA:
        return f"wholly {side} {bound}"
    if contrast.interval.low <= contrast.bound <= contrast.interval.high:
        return f"and the interval includes {bound}"
    return f"{side} {bound}, which so few seeds show by chance with p = {number(contrast.p)}"


def _bound(claim: Claim, contrast: Contrast) -> str:
    value = exactly(contrast.bound)
    if claim.test in ("threshold", "trend"):
        return value + (unit(claim.metric) if claim.test == "threshold" else "")
    return f"the margin of {value}" if contrast.bound else "0"


def _corrections(finding: Finding, family: int, p_holm: float | None) -> str:
    if finding.deciding.p <= ALPHA < finding.p:
        return f"; as the best of several choices it has p = {number(finding.p)}, which is too much"
    if finding.p <= ALPHA < p_holm:
        return f"; p = {number(finding.p)} becomes {number(p_holm)} after Holm's correction for {family} tests"
    return ""


def _lower_bounds(data: ClaimData) -> str:
    if not data.lower_bounds:
        return ""
    total = sum(map(len, data.runs.values()))
    return f"; {data.lower_bounds} of {total} runs never got there and count as one epoch more than they had"
