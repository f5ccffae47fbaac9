"""Case: a claim together with the numbers that it is to be judged by."""

from dataclasses import dataclass

import numpy as np

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics import values as metrics
from folklore.analysis.tests import best
from folklore.analysis.tests.finding import SeedValues
from folklore.schema.claim import Best, Claim, Trend
from folklore.wording.metrics import in_words, listed

RunKey = tuple[str, int]  # variant, seed


@dataclass(frozen=True)
class ClaimData:
    claim: Claim
    numbers: dict[str, dict[int, float]]  # variant → seed → the metric
    diverged: frozenset[RunKey]
    unreached: int  # runs whose number is only a lower bound

    @property
    def seeds(self) -> tuple[int, ...]:
        """Those that every variant was run with, so that differences are paired."""
        return tuple(sorted(set.intersection(*(set(found) for found in self.numbers.values()))))

    @property
    def gaps(self) -> list[RunKey]:
        return [(variant, seed) for variant in self.numbers for seed in self.seeds if self._lacks(variant, seed)]

    @property
    def diverged_runs(self) -> list[RunKey]:
        """The gaps that runs left because they diverged; any other run recorded no such number."""
        return [place for place in self.gaps if place in self.diverged]

    @property
    def series(self) -> SeedValues:
        return {name: np.array([found[seed] for seed in self.seeds]) for name, found in self.numbers.items()}

    def untestable_reason(self) -> str | None:
        """Why the numbers cannot be tested, in a sentence."""
        not_run = [variant for variant, found in self.numbers.items() if not found]
        if not_run:
            return f"{listed(not_run)} {'was' if len(not_run) == 1 else 'were'} not run at this scale."
        if not self.seeds:
            return "No seed was run with all the variants that the claim names."
        if isinstance(self.claim, Trend) and len(self.claim.over) < 2:
            return "The axis has a single variant at this scale, which shows no trend."
        if isinstance(self.claim, Best) and not best.rivals(self.claim):
            return "At this scale there is no other variant to compare with."
        return self._about_gaps() if self.gaps else None

    def _lacks(self, variant: str, seed: int) -> bool:
        return bool(np.isnan(self.numbers[variant][seed]))

    def _about_gaps(self) -> str:
        lack = [place for place in self.gaps if place not in self.diverged]
        said = [f"{_runs(self.diverged_runs)} diverged"] if self.diverged_runs else []
        said += [f"{_runs(lack)} recorded no such number"] if lack else []
        total = len(self.numbers) * len(self.seeds)
        what = in_words(self.claim.metric)
        return f"{len(self.gaps)} of {total} runs have no {what}: {' and '.join(said)}."


def gather(claim: Claim, evidence: Evidence) -> ClaimData:
    variants = tuple(dict.fromkeys(claim.variants))
    return ClaimData(
        claim,
        {variant: metrics.values(claim.metric, variant, evidence) for variant in variants},
        frozenset((name, seed) for name in variants for seed in evidence.seeds(name) if evidence.diverged(name, seed)),
        sum(metrics.unreached(claim.metric, variant, evidence) for variant in variants),
    )


def _runs(places: list[RunKey]) -> str:
    """`lr=0.2 (seeds 1, 3)` for each variant."""
    by_variant: dict[str, list[str]] = {}
    for variant, seed in places:
        by_variant.setdefault(variant, []).append(str(seed))
    return listed([f"{name} (seed{'s'[: len(seeds) > 1]} {', '.join(seeds)})" for name, seeds in by_variant.items()])
