"""Claims and evidence in, verdicts out."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from folklore.analysis import intervals, reasons
from folklore.analysis.claim_data import ClaimData, gather
from folklore.analysis.evidence import Evidence
from folklore.analysis.intervals import ALPHA
from folklore.analysis.metrics.selection_regret import SeedSelection
from folklore.analysis.metrics.values import ballots
from folklore.analysis.tests import best, equivalent, greater, threshold, trend
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding
from folklore.schema.claim import Claim, Equivalent, NotTestable, Threshold
from folklore.schema.verdict import ComparedEffect, Ruling, Verdict
from folklore.wording.metrics import in_words, listed

_FIND = {
    "greater": greater.find,
    "trend": trend.find,
    "best": best.find,
    "equivalent": equivalent.find,
    "threshold": threshold.find,
}


@dataclass(frozen=True)
class _Holm:
    """What a claim's p becomes beside those of the other claims read the same way."""

    family: int
    p: float | None


def judge(claims: list[Claim], evidence: Evidence) -> list[Verdict]:
    """A verdict a claim, in their order. Claims name all their variants: `over` in order, `among` in full."""
    cases = [None if isinstance(claim, NotTestable) else gather(claim, evidence) for claim in claims]
    findings = [_finding(case) if case else None for case in cases]
    corrected = _corrected(claims, findings)
    return [
        _verdict(claim, evidence, _ruled(claim, case, finding, holm))
        for claim, case, finding, holm in zip(claims, cases, findings, corrected, strict=True)
    ]


def _finding(case: ClaimData) -> Finding | None:
    exact = isinstance(case.claim, Threshold) and case.claim.exact
    return None if exact or case.untestable_reason() else _FIND[case.claim.test](case.claim, case.series)


def _corrected(claims: list[Claim], findings: list[Finding | None]) -> list[_Holm]:
    """Holm within the study; the published readings of claims are a family of their own."""
    p_values = [finding.p if finding else None for finding in findings]
    corrected = [_Holm(0, None)] * len(claims)
    for protocol in ("corrected", "as_published"):
        family = [i for i, claim in enumerate(claims) if claim.protocol == protocol and p_values[i] is not None]
        adjusted = intervals.holm(np.array([p_values[i] for i in family]))
        for i, p in zip(family, adjusted.tolist(), strict=True):
            corrected[i] = _Holm(len(family), p)
    return corrected


def _ruled(claim: Claim, case: ClaimData | None, finding: Finding | None, holm: _Holm) -> dict[str, Any]:
    """The fields of a verdict that say what was found."""
    if case is None:
        return {"ruling": Ruling.NOT_TESTABLE, "reason": claim.reason}
    if finding:
        return _by_interval(case, finding, holm)
    if untestable_reason := case.untestable_reason():
        return _undecided(case, untestable_reason)
    return _by_value(case)


def _by_interval(case: ClaimData, finding: Finding, holm: _Holm) -> dict[str, Any]:
    deciding, p_holm = finding.deciding, holm.p
    settled = finding.ruling is not Ruling.UNDECIDED and p_holm <= ALPHA
    several = finding.p is not None
    # The level that the deciding contrast has to reach on its own for its p to survive all corrections.
    level = ALPHA * min(1.0, deciding.p / p_holm) if p_holm else ALPHA
    distances = deciding.values - deciding.bound
    return {
        "ruling": finding.ruling if settled else Ruling.UNDECIDED,
        "reason": reasons.of_numbers(case, finding, holm.family, p_holm),
        **_interval(deciding),
        "margin": case.claim.margin if isinstance(case.claim, Equivalent) else deciding.bound,
        "p_value": finding.p,
        "p_holm": p_holm,
        "p_exact": intervals.sign_flip_p(distances, np.random.default_rng(0)) if several else None,
        "more_seeds": finding.more_seeds(level) if several and not settled else None,
        "seeds": case.seeds,
        "comparisons": tuple(_compared({contrast.label: contrast for contrast in finding.contrasts})),
    }


def _by_value(case: ClaimData) -> dict[str, Any]:
    """A number that no seed changes needs no interval."""
    claim, sign = case.claim, 1 if case.claim.direction == "above" else -1
    nearest = {name: float(sign * (sign * found).min()) for name, found in case.series.items()}
    holds = all(sign * (value - claim.value) > 0 for value in nearest.values())
    ruling = Ruling.SUPPORTED if holds else Ruling.REFUTED
    return {
        "ruling": ruling,
        "reason": reasons.of_values(claim, nearest, ruling),
        "effect": sign * min(sign * value for value in nearest.values()),
        "margin": claim.value,
        "seeds": case.seeds,
        "comparisons": tuple(
            ComparedEffect(label=name, effect=nearest[name], low=None, high=None, values=_known(found))
            for name, found in case.series.items()
        ),
    }


def _undecided(case: ClaimData, reason: str) -> dict[str, Any]:
    return {
        "ruling": Ruling.UNDECIDED,
        "reason": reason,
        "seeds": case.seeds,
        "diverged": tuple(f"{variant}, {seed}" for variant, seed in case.diverged_runs),
        "comparisons": tuple(
            ComparedEffect(label=name, effect=None, low=None, high=None, values=_known(found))
            for name, found in case.series.items()
        ),
    }


def _compared(contrasts: dict[str, Contrast]) -> Iterable[ComparedEffect]:
    for label, contrast in contrasts.items():
        yield ComparedEffect(label=label, **_interval(contrast), values=_known(contrast.values))


def _interval(contrast: Contrast) -> dict[str, float | None]:
    return dict(zip(("effect", "low", "high"), _known(np.array(contrast.interval)), strict=True))


def _known(numbers: np.ndarray) -> tuple[float | None, ...]:
    """JSON has no NaN."""
    return tuple(number if np.isfinite(number) else None for number in numbers.tolist())


def _verdict(claim: Claim, evidence: Evidence, found: dict[str, Any]) -> Verdict:
    behind = [variant for name in claim.variants for variant in evidence.behind(name)]
    datasets = [evidence.facts[variant]["dataset"] for variant in behind if variant in evidence.facts]
    return Verdict(
        **claim.model_dump(include={"id", "part", "protocol", "says", "test", "note"}),
        metric=None if isinstance(claim, NotTestable) else in_words(claim.metric),
        source=" and ".join(sorted({dataset["source"] for dataset in datasets})) or None,
        stand_in=any(dataset["stand_in"] for dataset in datasets),
        selected={} if isinstance(claim, NotTestable) else _selected(claim, evidence),
        **found,
    )


def _selected(claim: Claim, evidence: Evidence) -> dict[str, str]:
    """One variant for all seeds; where each seed chooses for itself, how often which one."""
    asked = [name for name in dict.fromkeys(claim.variants) if name in evidence.selections]
    if (choice := claim.metric.choice) is None:
        return {name: evidence.selected[name] for name in asked if name in evidence.selected}
    return {name: _by_count(ballots(choice, name, evidence).values()) for name in asked}


def _by_count(cast: Collection[SeedSelection]) -> str:
    counts = Counter(ballot.choice for ballot in cast).most_common()
    return listed([f"{variant} in {count} of {len(cast)} seeds" for variant, count in counts]) or "none"
