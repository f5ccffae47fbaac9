"""A strip below a log axis for exact zeros, which the axis cannot show."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from folklore.figures.log_axis import power_of_ten
from folklore.figures.style import FAINT, GRID

# Shares of the length of the axis: gap below it, height of one line of zeros, and of each further line.
_GAP, _ROOM, _LEVEL = 0.06, 0.1, 0.05
_TICKS = 6  # greatest number of ticks above the strip
_FEW = 30.0  # an axis that spans a smaller factor is labelled between the powers of ten
_BROKEN = {"marker": [(-1, -0.6), (1, 0.6)], "markersize": 6, "linestyle": "", "color": FAINT, "clip_on": False}


def open_room(panels: list[Axes], lines: int) -> list[float]:
    """Extend the shared log axis of the panels at its foot by a strip labelled 0.

    Return the heights of `lines` lines of zeros in the strip, from the top.
    """
    foot, top = panels[0].get_ylim()
    length = np.log10(top / foot)
    high = np.log10(foot) - _GAP * length
    low = high - (_ROOM + _LEVEL * (lines - 1)) * length
    _number(panels[0], 10 ** ((low + high) / 2), foot, top)
    for axes in panels:
        axes.set_ylim(10**low, top)
        axes.axhspan(10**low, 10**high, color=GRID, alpha=0.6, linewidth=0, zorder=0)
        axes.plot([0, 0], [foot, 10**high], transform=axes.get_yaxis_transform(), **_BROKEN)
    return (10 ** np.linspace(high, low, lines + 2)[1:-1]).tolist()


def _number(axes: Axes, zero: float, foot: float, top: float) -> None:
    ticks = _ticks(foot, top) if len(axes.yaxis.get_majorticklocs()) else {}
    axes.yaxis.set_major_locator(FixedLocator([zero, *ticks]))
    axes.yaxis.set_major_formatter(FixedFormatter(["0", *ticks.values()]))
    axes.yaxis.set_minor_locator(NullLocator())


def _ticks(foot: float, top: float) -> dict[float, str]:
    first, last = np.ceil(np.log10(foot)), np.floor(np.log10(top))
    if top / foot < _FEW:
        numbers = [digit * 10.0**power for power in np.arange(first - 1, last + 1) for digit in (1, 2, 5)]
        return {number: f"{number:g}" for number in numbers if foot <= number <= top}
    step = np.ceil((last - first + 1) / _TICKS)
    return {10.0**power: power_of_ten(10.0**power) for power in np.arange(first, last + 1, step)}
