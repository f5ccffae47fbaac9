"""Bars on a log axis: how high they are, how far their whiskers reach, and which part of the axis shows them."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

from folklore.analysis.intervals import mean_interval

_DECADE = 10.0  # an axis follows a whisker so far beyond the lowest and the highest bar
_FEW = 30.0  # an axis that spans less has numbers between the powers of ten


@dataclass(frozen=True)
class Bar:
    """Geometric mean with its interval over the seeds that are not exactly 0; NaN where all are."""

    height: float
    low: float
    high: float
    zeros: bool  # some seeds are exactly 0

    @classmethod
    def of(cls, values: np.ndarray) -> "Bar":
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
    axes.set(yscale="log", ylim=(0.1, 1))
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


def cut(axes: Axes, bars: list[Bar]) -> bool:
    """Some whisker reaches beyond the axis."""
    foot, top = axes.get_ylim()
    return any(bar.low < foot or bar.high > top for bar in bars)
