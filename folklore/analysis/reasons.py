"""Reasons: one sentence per verdict, with the numbers that decided it."""

from folklore.analysis import intervals
from folklore.analysis.claim_data import ClaimData
from folklore.analysis.intervals import ALPHA
from folklore.analysis.tests.claim_test import resolve_test
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding
from folklore.schema.claim import Claim, Equivalent, Threshold
from folklore.schema.verdict import Ruling
from folklore.wording.metrics import in_words, unit
from folklore.wording.numbers import exactly, number
from folklore.wording.phrases import listed


def of_numbers(data: ClaimData, finding: Finding, family: int, p_holm: float | None) -> str:
    """`family` is the number of tests that Holm's correction covers."""
    claim, deciding = data.claim, finding.deciding
    average = f"{_subject(claim, deciding)} {_average(claim, finding)}"
    if finding.p is None:
        return f"{average} for 1 seed; a test needs at least 2{_lower_bounds(data)}."
    position, corrections = _position(claim, deciding), _corrections(finding, family, p_holm)
    return f"{average}, {position}{corrections}{_lower_bounds(data)}."


def of_values(claim: Threshold, values: dict[str, float], ruling: Ruling) -> str:
    numbers = listed([f"{number(value)} for “{variant}”" for variant, value in values.items()])
    position = f"{claim.direction} {exactly(claim.value)}{unit(claim.metric)}"
    negation = "" if ruling is Ruling.SUPPORTED else "not "
    return f"The {in_words(claim.metric)} is {numbers}, {negation}{position}, independent of the seed."


def _subject(claim: Claim, contrast: Contrast) -> str:
    subject = resolve_test(claim).subject.format(contrast=contrast.quoted_label, metric=in_words(claim.metric))
    return subject[:1].upper() + subject[1:]


def _average(claim: Claim, finding: Finding) -> str:
    contrast, compared = finding.deciding, len({contrast.label for contrast in finding.decisive})
    mean, low, high = contrast.interval
    value, seeds = f"{number(mean)}{_unit(claim)}", len(contrast.values)
    if seeds == 1:
        return f"is {value}"
    details = [f"largest p-value of {compared} comparisons"] if compared > 1 else []
    if intervals.identical(contrast.values):
        return f"is {value} in each of {seeds} seeds{_in_brackets(details)}"
    return f"averages {value}{_in_brackets([f'95 % CI [{number(low)}, {number(high)}], {seeds} seeds', *details])}"


def _in_brackets(details: list[str]) -> str:
    return f" ({'; '.join(details)})" if details else ""


def _position(claim: Claim, contrast: Contrast) -> str:
    """Return the side of the bound that the mean is on, and whether that is significant."""
    bound = _bound(claim, contrast)
    if contrast.p <= ALPHA and isinstance(claim, Equivalent) and contrast.lead > 0:
        return f"equivalent within ±{exactly(claim.margin)}"
    if contrast.lead == 0:
        return f"equal to {bound}"
    side = "above" if contrast.interval.mean > contrast.bound else "below"
    if contrast.p <= ALPHA:
        return f"{side} {bound}"
    if contrast.interval.low <= contrast.bound <= contrast.interval.high:
        return f"but the 95 % CI includes {bound}"
    seeds = len(contrast.values)
    return f"{side} {bound}, but the exact test is not significant with {seeds} seeds (p = {number(contrast.p)})"


def _bound(claim: Claim, contrast: Contrast) -> str:
    form = resolve_test(claim).bound if contrast.bound else "{bound}{unit}"
    return form.format(bound=exactly(contrast.bound), unit=_unit(claim))


def _unit(claim: Claim) -> str:
    return unit(claim.metric) if resolve_test(claim).has_unit else ""


def _corrections(finding: Finding, family: int, p_holm: float) -> str:
    if finding.deciding.p <= ALPHA < finding.p:
        return f", but not significant after Bonferroni correction (p = {number(finding.p)})"
    if finding.p <= ALPHA < p_holm:
        return f" (p = {number(finding.p)}), but Holm-adjusted p = {number(p_holm)} over {family} tests"
    return f"; Holm-adjusted p = {number(p_holm)}" if finding.p <= ALPHA else ""


def _lower_bounds(data: ClaimData) -> str:
    if not data.lower_bounds:
        return ""
    total = sum(map(len, data.runs.values()))
    return f"; {data.lower_bounds} of {total} runs never reached it (right-censored at their last epoch + 1)"
