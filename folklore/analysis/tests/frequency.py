"""Frequency: how often something happened in the runs of two variants, by Fisher's exact test."""

from dataclasses import dataclass
from functools import cached_property
from math import comb

import numpy as np

from folklore.analysis.intervals import MAX_EXTRA_SEEDS
from folklore.analysis.tests.contrast import Contrast


@dataclass(frozen=True, eq=False)
class Frequency(Contrast):
    """An event that all runs of a variant share has no spread, so a t-test cannot compare it."""

    of: np.ndarray  # 0 or 1, one value per seed
    than: np.ndarray

    @cached_property
    def p(self) -> float:
        return fisher_p(int(self.of.sum()), int(self.than.sum()), len(self.of))

    def more_seeds(self, level: float) -> int | None:
        seeds, shares = len(self.of), (self.of.mean(), self.than.mean())
        settled = (
            more
            for more in range(1, MAX_EXTRA_SEEDS + 1)
            if fisher_p(*(round(share * (seeds + more)) for share in shares), seeds + more) <= level
        )
        return None if shares[0] == shares[1] else next(settled, None)


def fisher_p(one: int, other: int, runs: int) -> float:
    """Return the two-sided p-value for the numbers of hits in two groups of `runs` runs each (Fisher 1935)."""
    total = one + other
    weights = [
        comb(runs, hits) * comb(runs, total - hits) for hits in range(max(0, total - runs), min(runs, total) + 1)
    ]
    observed = comb(runs, one) * comb(runs, other)
    return sum(weight for weight in weights if weight <= observed) / sum(weights)
