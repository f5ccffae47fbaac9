"""Contrast: one number a seed, held against a bound."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from folklore.analysis import intervals
from folklore.analysis.intervals import Interval


@dataclass(frozen=True, eq=False)
class Contrast:
    label: str
    values: np.ndarray  # a value a seed
    bound: float
    sign: int  # the claim says that the mean lies above (+1) or below (−1) the bound

    @cached_property
    def interval(self) -> Interval:
        return intervals.mean_interval(self.values)

    @cached_property
    def p(self) -> float:
        """Two-sided."""
        return intervals.p_value(self.values, self.bound)

    @cached_property
    def lead(self) -> float:
        """How far the mean lies on the claimed side of the bound."""
        return self.sign * (self.values.mean() - self.bound)

    @property
    def p_for(self) -> float:
        return self.p if self.lead > 0 else 1.0

    @property
    def p_against(self) -> float:
        return self.p if self.lead < 0 else 1.0

    def more_seeds(self, level: float) -> int | None:
        return intervals.more_seeds(self.values, self.bound, level)
