"""Frequency: how often something happened in the runs of one variant and how often in those of another."""

from dataclasses import dataclass
from functools import cached_property
from math import comb

import numpy as np

from folklore.analysis.intervals import MAX_EXTRA_SEEDS
from folklore.analysis.tests.contrast import Contrast


@dataclass(frozen=True, eq=False)
class Frequency(Contrast):
    """What happens to all runs of a variant has no spread, which Student's t needs; Fisher's exact test does not."""

    of: np.ndarray  # 0 or 1, a value a seed
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
    """Two-sided, for so many hits in two groups of `runs` each (Fisher 1935)."""
    total = one + other
    weights = [
        comb(runs, hits) * comb(runs, total - hits) for hits in range(max(0, total - runs), min(runs, total) + 1)
    ]
    observed = comb(runs, one) * comb(runs, other)
    return sum(weight for weight in weights if weight <= observed) / sum(weights)
