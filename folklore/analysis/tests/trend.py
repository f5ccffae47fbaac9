"""Trend: the mean over seeds of Kendall's τ against the margin, and an exact permutation test of the order."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from folklore.analysis import intervals
from folklore.analysis.intervals import Interval
from folklore.analysis.metrics import trends
from folklore.analysis.tests.claim_test import ClaimTest
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, all_must_hold
from folklore.schema.claim import Trend


@dataclass(frozen=True, eq=False)
class Ordering(Contrast):
    """Kendall's τ along an ordered axis, with the exact test of the order and the t-test of τ.

    τ takes few values, and is often 1 in every seed. The t-interval then has no width, and the test of the order
    decides alone. That test has no margin but 0; with another margin, both tests must be significant.
    """

    table: np.ndarray  # seeds × variants

    @cached_property
    def interval(self) -> Interval:
        mean, low, high = intervals.mean_interval(self.values)
        return Interval(mean, np.maximum(low, -1.0), np.minimum(high, 1.0))

    @cached_property
    def p(self) -> float:
        of_tau = intervals.p_value(self.values, self.bound)
        if not self._tests_the_order or len(self.values) < 2:
            return of_tau
        of_order = trends.order_p(self.table, rising=self.interval.mean > 0)
        return of_order if self._order_decides_alone else max(of_tau, of_order)

    def more_seeds(self, level: float) -> int | None:
        of_tau = intervals.more_seeds(self.values, self.bound, level)
        if not self._tests_the_order or len(self.values) < 2:
            return of_tau
        of_order = trends.more_seeds(self.table, self.interval.mean > 0, level)
        counts = [of_order] if self._order_decides_alone else [of_tau, of_order]
        return None if None in counts else max(counts)

    @property
    def _tests_the_order(self) -> bool:
        """Below a positive margin, the absence of any order refutes the claim too."""
        return self.lead > 0 or self.bound == 0

    @property
    def _order_decides_alone(self) -> bool:
        return self.bound == 0 and intervals.identical(self.values)


def find(claim: Trend, series: SeedValues) -> Finding:
    table = trends.without_rounding(np.column_stack([series[variant] for variant in claim.over]))
    sign = 1 if claim.direction == "up" else -1
    form = f"τ along {' → '.join(['{}'] * len(claim.over))}"
    return all_must_hold([Ordering(form, claim.over, trends.taus(table), sign * claim.margin, sign, table)])


def _too_few(claim: Trend) -> str | None:
    return "The axis has a single variant at this scale, which shows no trend." if len(claim.over) < 2 else None


TEST = ClaimTest(
    find, subject="for the {metric}, Kendall's {contrast}", bound="{bound}", has_unit=False, too_few=_too_few
)
