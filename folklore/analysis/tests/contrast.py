"""Contrast: one number per seed, compared with a bound."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from folklore.analysis import intervals
from folklore.analysis.intervals import Interval


@dataclass(frozen=True, eq=False)
class Contrast:
    form: str  # how the named variants make the number, such as `{} − {}`
    names: tuple[str, ...]
    values: np.ndarray  # one per seed
    bound: float
    sign: int  # the claim says that the mean is above (+1) or below (−1) the bound

    @property
    def label(self) -> str:
        return self.form.format(*self.names)

    @property
    def quoted_label(self) -> str:
        return self.form.format(*(f"“{name}”" for name in self.names))

    @cached_property
    def interval(self) -> Interval:
        return intervals.mean_interval(self.values)

    @cached_property
    def p(self) -> float:
        """Two-sided p-value of a mean at the bound."""
        return intervals.p_value(self.values, self.bound)

    @cached_property
    def lead(self) -> float:
        """Distance of the mean from the bound; positive on the claimed side."""
        return self.sign * (self.values.mean() - self.bound)

    @property
    def p_for(self) -> float:
        return self.p if self.lead > 0 else 1.0

    @property
    def p_against(self) -> float:
        return self.p if self.lead < 0 else 1.0

    def more_seeds(self, level: float) -> int | None:
        return intervals.more_seeds(self.values, self.bound, level)
