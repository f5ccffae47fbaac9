"""Verdicts: every claim of a study judged by its metrics."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from folklore.analysis import intervals, reasons
from folklore.analysis.claim_data import ClaimData, gather
from folklore.analysis.intervals import ALPHA
from folklore.analysis.metrics_table import MetricsTable
from folklore.analysis.tests.claim_test import resolve_test
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding
from folklore.schema.claim import Claim, Equivalent, NotTestable, Threshold
from folklore.schema.selection import Selection
from folklore.schema.verdict import ComparedEffect, Ruling, Verdict
from folklore.wording.metrics import in_words
from folklore.wording.phrases import listed


@dataclass(frozen=True)
class _Holm:
    """The Holm-adjusted p-value of a claim."""

    family: int  # number of tests that the correction covers
    p: float | None


def judge(
    claims: list[Claim], selections: dict[str, Selection], metrics: MetricsTable, facts: dict[str, Any]
) -> list[Verdict]:
    """Return one verdict per claim, in input order. Claims name all their variants: `over` in order, `among` in full.

    `facts`: by variant, among others the dataset that it was trained on.
    """
    claim_data = [None if isinstance(claim, NotTestable) else gather(claim, metrics) for claim in claims]
    findings = [_finding(data) if data else None for data in claim_data]
    corrected = _corrected(claims, findings)
    return [
        _verdict(claim, _origin(claim, selections, facts), _selected(data), _ruled(claim, data, finding, holm))
        for claim, data, finding, holm in zip(claims, claim_data, findings, corrected, strict=True)
    ]


def _finding(data: ClaimData) -> Finding | None:
    exact = isinstance(data.claim, Threshold) and data.claim.exact
    return None if exact or data.untestable_reason() else resolve_test(data.claim).find(data.claim, data.series)


def _corrected(claims: list[Claim], findings: list[Finding | None]) -> list[_Holm]:
    """Return Holm's correction within the study; claims under the published protocol are a separate family."""
    p_values = [finding.p if finding else None for finding in findings]
    corrected = [_Holm(0, None)] * len(claims)
    for protocol in ("corrected", "as_published"):
        family = [i for i, claim in enumerate(claims) if claim.protocol == protocol and p_values[i] is not None]
        adjusted = intervals.holm(np.array([p_values[i] for i in family]))
        for i, p in zip(family, adjusted.tolist(), strict=True):
            corrected[i] = _Holm(len(family), p)
    return corrected


def _ruled(claim: Claim, data: ClaimData | None, finding: Finding | None, holm: _Holm) -> dict[str, Any]:
    """Return the fields of a verdict that depend on the runs."""
    if data is None:
        return {"ruling": Ruling.NOT_TESTABLE, "reason": claim.reason}
    if finding:
        return _by_interval(data, finding, holm)
    if untestable_reason := data.untestable_reason():
        return _undecided(data, untestable_reason)
    return _by_value(data)


def _by_interval(data: ClaimData, finding: Finding, holm: _Holm) -> dict[str, Any]:
    deciding, p_holm = finding.deciding, holm.p
    settled = finding.ruling is not Ruling.UNDECIDED and p_holm <= ALPHA
    several = finding.p is not None
    # The significance level for the deciding contrast alone at which its p-value would survive all corrections.
    level = ALPHA * min(1.0, deciding.p / p_holm) if p_holm else ALPHA
    distances = deciding.values - deciding.bound
    return {
        "ruling": finding.ruling if settled else Ruling.UNDECIDED,
        "reason": reasons.of_numbers(data, finding, holm.family, p_holm),
        **_interval(deciding),
        "margin": data.claim.margin if isinstance(data.claim, Equivalent) else deciding.bound,
        "p_value": finding.p,
        "p_holm": p_holm,
        "p_exact": intervals.sign_flip_p(distances, np.random.default_rng(0)) if several else None,
        "more_seeds": finding.more_seeds(level) if several and not settled else None,
        "seeds": data.seeds,
        "comparisons": tuple(_compared({contrast.label: contrast for contrast in finding.contrasts})),
    }


def _by_value(data: ClaimData) -> dict[str, Any]:
    """Return the fields for a number that does not depend on the seed, and so has no interval."""
    claim, sign = data.claim, 1 if data.claim.direction == "above" else -1
    nearest = {name: float(sign * (sign * values).min()) for name, values in data.series.items()}
    holds = all(sign * (value - claim.value) > 0 for value in nearest.values())
    ruling = Ruling.SUPPORTED if holds else Ruling.REFUTED
    return {
        "ruling": ruling,
        "reason": reasons.of_values(claim, nearest, ruling),
        "effect": sign * min(sign * value for value in nearest.values()),
        "margin": claim.value,
        "seeds": data.seeds,
        "comparisons": tuple(
            ComparedEffect(label=name, effect=nearest[name], low=None, high=None, values=_known(values))
            for name, values in data.series.items()
        ),
    }


def _undecided(data: ClaimData, reason: str) -> dict[str, Any]:
    return {
        "ruling": Ruling.UNDECIDED,
        "reason": reason,
        "seeds": data.seeds,
        "diverged": tuple(f"{variant}, {seed}" for variant, seed in data.diverged_runs),
        "comparisons": tuple(
            ComparedEffect(label=name, effect=None, low=None, high=None, values=_known(values))
            for name, values in data.series.items()
        ),
    }


def _compared(contrasts: dict[str, Contrast]) -> Iterable[ComparedEffect]:
    for label, contrast in contrasts.items():
        yield ComparedEffect(label=label, **_interval(contrast), values=_known(contrast.values))


def _interval(contrast: Contrast) -> dict[str, float | None]:
    return dict(zip(("effect", "low", "high"), _known(np.array(contrast.interval)), strict=True))


def _known(numbers: np.ndarray) -> tuple[float | None, ...]:
    """Return the numbers with None in place of NaN, which JSON lacks."""
    return tuple(number if np.isfinite(number) else None for number in numbers.tolist())


def _verdict(claim: Claim, origin: dict[str, Any], selected: dict[str, str], ruled: dict[str, Any]) -> Verdict:
    return Verdict(
        **claim.model_dump(include={"id", "subclaim", "protocol", "says", "test", "note"}),
        metric=None if isinstance(claim, NotTestable) else in_words(claim.metric),
        **origin,
        selected=selected,
        **ruled,
    )


def _origin(claim: Claim, selections: dict[str, Selection], facts: dict[str, Any]) -> dict[str, Any]:
    """Return the sources of the data behind a claim; a selection may have chosen any of its variants."""
    variants = [variant for name in claim.variants for variant in _behind(name, selections, facts)]
    datasets = [facts[variant]["dataset"] for variant in variants if variant in facts]
    return {
        "source": " and ".join(sorted({dataset["source"] for dataset in datasets})) or None,
        "stand_in": any(dataset["stand_in"] for dataset in datasets),
    }


def _behind(name: str, selections: dict[str, Selection], facts: dict[str, Any]) -> Iterable[str]:
    return selections[name].candidates(facts) if name in selections else (name,)


def _selected(data: ClaimData | None) -> dict[str, str]:
    """Return what each selection of a claim chose: one variant for all seeds, or how often the seeds chose which."""
    if data is None:
        return {}
    chosen = {name: [run.selected for run in runs.values()] for name, runs in data.runs.items()}
    if data.claim.metric.choice:
        return {name: _by_count(variants) for name, variants in chosen.items()}
    return {name: variants[0] for name, variants in chosen.items() if any(variants)}


def _by_count(variants: list[str]) -> str:
    counts = Counter(variants).most_common()
    return listed([f"{variant} in {count} of {len(variants)} seeds" for variant, count in counts]) or "none"
