"""Trend: the mean of Kendall's τ over seeds against the margin, and an order that shuffling does not bring about."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from folklore.analysis import intervals
from folklore.analysis.intervals import Interval
from folklore.analysis.metrics import trends
from folklore.analysis.tests.contrast import Contrast
from folklore.analysis.tests.finding import Finding, SeedValues, all_must_hold
from folklore.schema.claim import Trend


@dataclass(frozen=True, eq=False)
class Ordering(Contrast):
    """τ is coarse, and often 1 in every seed: its t interval then says nothing, and the exact test of the order
    decides alone. That test knows no margin but 0; beside another one the signs have to agree.
    """

    table: np.ndarray  # seeds × variants

    @cached_property
    def interval(self) -> Interval:
        mean, low, high = intervals.mean_interval(self.values)
        return Interval(mean, np.maximum(low, -1.0), np.minimum(high, 1.0))

    @cached_property
    def p(self) -> float:
        of_tau = intervals.p_value(self.values, self.bound)
        if not self._asks_for_an_order or len(self.values) < 2:
            return of_tau
        of_order = trends.order_p(self.table, rising=self.interval.mean > 0)
        return of_order if self._rests_on_the_order else max(of_tau, of_order)

    def more_seeds(self, level: float) -> int | None:
        of_tau = intervals.more_seeds(self.values, self.bound, level)
        if not self._asks_for_an_order or len(self.values) < 2:
            return of_tau
        of_order = trends.more_seeds(self.table, self.interval.mean > 0, level)
        counts = [of_order] if self._rests_on_the_order else [of_tau, of_order]
        return None if None in counts else max(counts)

    @property
    def _asks_for_an_order(self) -> bool:
        """Short of a positive margin, no order at all refutes as well."""
        return self.lead > 0 or self.bound == 0

    @property
    def _rests_on_the_order(self) -> bool:
        return self.bound == 0 and intervals.identical(self.values)


def find(claim: Trend, series: SeedValues) -> Finding:
    table = trends.without_rounding(np.column_stack([series[variant] for variant in claim.over]))
    sign = 1 if claim.direction == "up" else -1
    label = f"τ along {' → '.join(claim.over)}"
    return all_must_hold([Ordering(label, trends.taus(table), sign * claim.margin, sign, table)])
