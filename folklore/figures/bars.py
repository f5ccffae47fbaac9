"""Bars of recorded numbers: how high they are, how far their whiskers reach, and which part of an axis shows them.

The axis is logarithmic, but linear for shares of a whole and for what can be negative.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

from folklore.analysis.intervals import mean_interval
from folklore.figures.log_axis import set_log_scale

_DECADE = 10.0  # an axis follows a whisker so far beyond the lowest and the highest bar
_FEW = 30.0  # an axis that spans less has numbers between the powers of ten

SHARES = ("dead", "active", "rank", "confidence", "accuracy")  # of a whole, so that their axis is from 0 to 1


@dataclass(frozen=True)
class Bar:
    height: float
    low: float
    high: float
    zeros: bool  # some seeds are exactly 0

    @classmethod
    def linear(cls, values: np.ndarray) -> "Bar":
        """Mean with its interval over the seeds."""
        return cls(*(float(number) for number in mean_interval(values)), zeros=False)

    @classmethod
    def of(cls, values: np.ndarray) -> "Bar":
        """Geometric mean with its interval over the seeds that are not exactly 0; NaN where all are."""
        positive = values[values > 0]
        if not positive.size:
            return cls(np.nan, np.nan, np.nan, zeros=True)
        interval = (float(10**number) for number in mean_interval(np.log10(positive)))
        return cls(*interval, zeros=len(positive) < len(values))

    @property
    def nothing(self) -> bool:
        """Exactly 0 in every seed."""
        return bool(np.isnan(self.height))

    @property
    def pale(self) -> bool:
        """Exactly 0 in some seeds, and the mean of the others."""
        return self.zeros and not self.nothing


def limit(axes: Axes, bars: list[Bar]) -> None:
    """A log axis that shows all these bars; without numbers where there is none to show."""
    heights = [bar.height for bar in bars if not bar.nothing]
    set_log_scale(axes)
    axes.set_ylim(0.1, 1)
    if not heights:
        axes.yaxis.set_major_locator(NullLocator())
        axes.yaxis.set_minor_locator(NullLocator())
        return
    lowest = max(np.nanmin([*heights, *(bar.low for bar in bars)]), min(heights) / _DECADE)
    highest = min(np.nanmax([*heights, *(bar.high for bar in bars)]), max(heights) * _DECADE)
    edge = max((highest / lowest) ** 0.07, 1.25)
    axes.set_ylim(lowest / edge, highest * edge)
    if highest / lowest < _FEW:
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axes.yaxis.set_minor_locator(NullLocator())


def limit_linear(axes: Axes, bars: list[Bar], statistic: str) -> None:
    """A linear axis from 0 to 1 for shares; for others one that shows all these bars and 0, where they begin."""
    ends = [0.0, *(end for bar in bars for end in (bar.height, bar.low, bar.high) if np.isfinite(end))]
    low, high = min(ends), max(ends)
    edge = 0.07 * (high - low)
    axes.set_ylim((0, 1) if statistic in SHARES or low == high else (low - edge * (low < 0), high + edge * (high > 0)))


def cut(axes: Axes, bars: list[Bar]) -> bool:
    """Some whisker reaches beyond the axis."""
    foot, top = axes.get_ylim()
    return any(bar.low < foot or bar.high > top for bar in bars)
