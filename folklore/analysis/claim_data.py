"""ClaimData: a claim together with the numbers that decide it."""

from dataclasses import dataclass

import numpy as np

from folklore.analysis.metrics_table import MetricsTable, RunMetric
from folklore.analysis.tests.claim_test import resolve_test
from folklore.analysis.tests.finding import SeedValues
from folklore.schema.claim import Claim
from folklore.wording.metrics import in_words
from folklore.wording.phrases import listed, quoted

RunKey = tuple[str, int]  # variant, seed


@dataclass(frozen=True)
class ClaimData:
    claim: Claim
    runs: dict[str, dict[int, RunMetric]]  # variant → seed → the claim's metric

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds that every variant was run with, so that differences are paired."""
        return tuple(sorted(set.intersection(*(set(of_variant) for of_variant in self.runs.values()))))

    @property
    def missing(self) -> list[RunKey]:
        return [(variant, seed) for variant in self.runs for seed in self.seeds if self._lacks(variant, seed)]

    @property
    def diverged_runs(self) -> list[RunKey]:
        """The runs without a number that diverged; the others failed or did not record it."""
        return self._missing_with_status("diverged")

    @property
    def lower_bounds(self) -> int:
        """The number of runs that never reached the event whose time the claim compares."""
        return sum(run.never_reached for of_variant in self.runs.values() for run in of_variant.values())

    @property
    def series(self) -> SeedValues:
        return {name: np.array([runs[seed].value for seed in self.seeds]) for name, runs in self.runs.items()}

    def untestable_reason(self) -> str | None:
        """Return a sentence on why the numbers cannot be tested; None if they can."""
        not_run = [variant for variant, of_variant in self.runs.items() if not of_variant]
        if not_run:
            return f"{listed(quoted(not_run))} {'was' if len(not_run) == 1 else 'were'} not run at this scale."
        if not self.seeds:
            return "No seed was run with all the variants that the claim names."
        too_few = resolve_test(self.claim).too_few
        if too_few and (reason := too_few(self.claim)):
            return reason
        return self._about_missing() if self.missing else None

    def _lacks(self, variant: str, seed: int) -> bool:
        return bool(np.isnan(self.runs[variant][seed].value))

    def _missing_with_status(self, status: str) -> list[RunKey]:
        return [(variant, seed) for variant, seed in self.missing if self.runs[variant][seed].status == status]

    def _about_missing(self) -> str:
        diverged = self.diverged_runs
        failed = self._missing_with_status("failed")
        unrecorded = [run for run in self.missing if run not in (*diverged, *failed)]
        causes = [f"{_runs(diverged)} diverged"] if diverged else []
        causes += [f"{_runs(failed)} failed"] if failed else []
        causes += [f"{_runs(unrecorded)} did not record it"] if unrecorded else []
        total = len(self.runs) * len(self.seeds)
        metric = in_words(self.claim.metric)
        return f"The {metric} is missing for {len(self.missing)} of {total} runs: {' and '.join(causes)}."


def gather(claim: Claim, metrics: MetricsTable) -> ClaimData:
    return ClaimData(claim, {name: metrics.of(claim.metric, name) for name in dict.fromkeys(claim.variants)})


def _runs(keys: list[RunKey]) -> str:
    """Return `“lr=0.2” (seeds 1, 3)` for each variant, as a list in words."""
    by_variant: dict[str, list[str]] = {}
    for variant, seed in keys:
        by_variant.setdefault(variant, []).append(str(seed))
    return listed([f"“{name}” (seed{'s'[: len(seeds) > 1]} {', '.join(seeds)})" for name, seeds in by_variant.items()])
