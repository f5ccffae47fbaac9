"""Bars of recorded numbers: heights, whiskers, and the range of the axis.

The axis is logarithmic, but linear for shares of a whole and for what can be negative.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

from folklore.analysis.intervals import mean_interval
from folklore.figures.log_axis import set_log_scale

_DECADE = 10.0  # how far an axis follows a whisker beyond the lowest and the highest bar
_FEW = 30.0  # an axis that spans a smaller factor is labelled between the powers of ten


@dataclass(frozen=True)
class Bar:
    height: float
    low: float
    high: float
    zeros: bool  # some seeds are exactly 0

    @classmethod
    def linear(cls, values: np.ndarray) -> "Bar":
        """Return the mean with its interval over the seeds."""
        return cls(*(float(number) for number in mean_interval(values)), zeros=False)

    @classmethod
    def of(cls, values: np.ndarray) -> "Bar":
        """Return the geometric mean with its interval over the non-zero seeds; NaN if all are 0."""
        positive = values[values > 0]
        if not positive.size:
            return cls(np.nan, np.nan, np.nan, zeros=True)
        interval = (float(10**number) for number in mean_interval(np.log10(positive)))
        return cls(*interval, zeros=len(positive) < len(values))

    @property
    def nothing(self) -> bool:
        """True if every seed is exactly 0."""
        return bool(np.isnan(self.height))

    @property
    def pale(self) -> bool:
        """True if some seeds, but not all, are exactly 0; the height is the mean of the others."""
        return self.zeros and not self.nothing


def limit(axes: Axes, bars: list[Bar]) -> None:
    """Set a log axis that shows all bars; it has no numbers if every bar is 0."""
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


def limit_linear(axes: Axes, bars: list[Bar], share: bool) -> None:
    """Set a linear axis: from 0 to 1 for shares, else one that shows all bars and 0."""
    ends = [0.0, *(end for bar in bars for end in (bar.height, bar.low, bar.high) if np.isfinite(end))]
    low, high = min(ends), max(ends)
    edge = 0.07 * (high - low)
    axes.set_ylim((0, 1) if share or low == high else (low - edge * (low < 0), high + edge * (high > 0)))


def cut(axes: Axes, bars: list[Bar]) -> bool:
    """Return True if some whisker reaches beyond the axis."""
    foot, top = axes.get_ylim()
    return any(bar.low < foot or bar.high > top for bar in bars)
