"""Draw records by tensor: one group of bars per tensor, in forward order.

The axis is logarithmic, but linear for shares and for statistics that can be negative.
"""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from folklore.figures.bars import Bar, cut, limit, limit_linear
from folklore.figures.colours import Look, looks
from folklore.figures.records import Instant, Records, gaps, read_records
from folklore.figures.style import FAINT, INK, SMALL, TINY, empty, footnote, legend_columns, new_figure, width_of
from folklore.schema.config import Style
from folklore.schema.figures.records import SnapshotFigure
from folklore.wording.figures import band_words, seeds_words, statistic_words, time_point_words

_NOTHING = "Nothing of what this figure asks for was recorded at this scale."
_FILLED = 0.84  # share of a tensor's width that its bars fill
_NARROWEST = 0.135  # inches of a tensor's width at which labels do not overlap
_AXIS = 0.65  # inches next to a panel for numbers and label
_PALE = 0.35

# Phrases of the footnote by kinds of axes.
_MEANS = {("log",): "geometric mean", ("linear",): "mean", ("linear", "log"): "mean, on log axes the geometric one,"}
_OF = {("log",): ", of the logarithm", ("linear",): "", ("linear", "log"): ", on log axes of the logarithm"}


@dataclass(frozen=True)
class _Panel:
    title: str
    statistic: str
    sources: dict[str, tuple[str, Instant]]  # label in the legend → variant and instant


Bars = dict[str, dict[int, Bar]]  # label in the legend → number of the tensor → bar


def draw(table: Path, drawing: SnapshotFigure, style: Style, note: str) -> Figure:
    records = read_records(table, drawing)
    if not records.cells:
        return empty(style, _NOTHING, note)
    panels, together = _panels(records, drawing)
    linear = [
        statistic for statistic in drawing.statistics if statistic in drawing.shares or records.negative(statistic)
    ]
    drawn = [_bars(records, panel, Bar.linear if panel.statistic in linear else Bar.of) for panel in panels]
    look = looks(list(drawn[0]), style.palette)
    columns = legend_columns(style, look)
    across = _across(style, len(records.names), together)
    names = max(width_of(name, style.font_size * TINY) for name in records.names)
    figure = new_figure(style, 1.65 * len(panels) / across + 0.9 * names + 0.5 + 0.2 * ceil(len(look) / columns))
    grid = figure.subplots(len(panels) // across, across, squeeze=False)
    sign = min(style.font_size * TINY, 110 * _FILLED / len(look) * _room(style, across, len(records.names)))
    for axes, panel, bars in zip(grid.flat, panels, drawn, strict=True):
        same = _of_statistic(panel.statistic, panels, drawn)
        if panel.statistic in linear:
            limit_linear(axes, same, panel.statistic in drawing.shares)
        else:
            limit(axes, same)
        _draw_bars(axes, bars, look, sign)
    _write(grid, panels, drawing.recorder, style)
    _name_tensors(grid, records.names, style)
    handles = [Patch(color=one.colour, label=label) for label, one in look.items()]
    figure.legend(handles=handles, loc="outside upper left", ncols=columns, handlelength=1.2)
    footnote(figure, style, *_about(records, grid, drawn), *gaps(records, drawing.recorder), note)
    return figure


def _panels(records: Records, drawing: SnapshotFigure) -> tuple[list[_Panel], int]:
    """Return the panels, and the number of panels that belong in one row."""
    when = {
        instant: time_point_words(drawing.recorder, instant.time_point, instant.epoch) for instant in records.instants
    }
    if len(records.variants) == 1:
        variant = records.variants[0]
        sources = {words: (variant, instant) for instant, words in when.items()}
        return [_Panel(variant, statistic, sources) for statistic in drawing.statistics], len(drawing.statistics)
    panels = [
        _Panel(words, statistic, {variant: (variant, instant) for variant in records.variants})
        for statistic in drawing.statistics
        for instant, words in when.items()
    ]
    return panels, len(when)


def _room(style: Style, across: int, names: int) -> float:
    """Return the inches per tensor with `across` panels in a row."""
    return (style.width / across - _AXIS) / names


def _across(style: Style, names: int, together: int) -> int:
    """Return the greatest number of panels per row that are wide enough and fill all rows."""
    whole = [number for number in range(1, together + 1) if together % number == 0]
    return max((number for number in whole if _room(style, number, names) >= _NARROWEST), default=1)


def _bars(records: Records, panel: _Panel, bar_of: Callable[[np.ndarray], Bar]) -> Bars:
    return {
        label: {
            number: bar_of(values)
            for number, name in enumerate(records.names)
            if (values := records.values(variant, instant, panel.statistic, name)).size
        }
        for label, (variant, instant) in panel.sources.items()
    }


def _of_statistic(statistic: str, panels: list[_Panel], drawn: list[Bars]) -> list[Bar]:
    same = [bars for panel, bars in zip(panels, drawn, strict=True) if panel.statistic == statistic]
    return _all(same)


def _all(drawn: list[Bars]) -> list[Bar]:
    return [bar for bars in drawn for row in bars.values() for bar in row.values()]


def _draw_bars(axes: Axes, drawn: Bars, look: dict[str, Look], sign: float) -> None:
    foot = axes.get_ylim()[0] if axes.get_yscale() == "log" else 0.0
    width = _FILLED / len(drawn)
    for place, (label, bars) in enumerate(drawn.items()):
        places = np.array(list(bars)) + (place - (len(drawn) - 1) / 2) * width
        heights, low, high = (
            np.array([getattr(bar, end) for bar in bars.values()]) for end in ("height", "low", "high")
        )
        colours = [to_rgba(look[label].colour, _PALE if bar.pale else 1) for bar in bars.values()]
        axes.bar(places, heights - foot, 0.94 * width, foot, color=colours, label=label)
        axes.errorbar(places, heights, (heights - low, high - heights), fmt="none", ecolor=INK, elinewidth=0.8)
        for spot in places[np.isnan(heights) | (heights == 0)]:
            axes.annotate("0", (spot, foot), (0, 1.5), textcoords="offset points", ha="center", fontsize=sign)
    if not _all([drawn]):
        axes.text(0.5, 0.5, "not recorded", transform=axes.transAxes, ha="center", color=FAINT)


def _write(grid: np.ndarray, panels: list[_Panel], recorder: str, style: Style) -> None:
    """Write titles and labels; neighbours share theirs at the left or upper panel."""
    across = grid.shape[1]
    for number, (axes, panel) in enumerate(zip(grid.flat, panels, strict=True)):
        left = panels[number - 1] if number % across else None
        above = panels[number - across] if number >= across else None
        if panel.title not in [other.title for other in (left, above) if other]:
            axes.set_title(panel.title, loc="left", fontweight="bold", fontsize=style.font_size * SMALL)
        if left and left.statistic == panel.statistic:
            axes.tick_params(axis="y", which="both", labelleft=False)
        else:
            axes.set_ylabel(textwrap.fill(statistic_words(recorder, panel.statistic), 24))


def _name_tensors(grid: np.ndarray, names: tuple[str, ...], style: Style) -> None:
    """Write the names of the tensors under the lowest panel of each column."""
    turned = {"rotation": 60, "ha": "right", "rotation_mode": "anchor", "fontsize": style.font_size * TINY}
    for row, line in enumerate(grid, start=1):
        for axes in line:
            axes.set_xticks(range(len(names)), names, **turned)
            axes.set_xlim(-0.6, len(names) - 0.4)
            axes.tick_params(axis="x", length=0, labelbottom=row == len(grid))
            axes.grid(visible=False, axis="x")


def _about(records: Records, grid: np.ndarray, drawn: list[Bars]) -> list[str]:
    counts, bars = [len(seeds) for seeds in records.seeds.values()], _all(drawn)
    several = max(counts) > 1
    beyond = any(cut(axes, _all([shown])) for axes, shown in zip(grid.flat, drawn, strict=True))
    scales = tuple(sorted({axes.get_yscale() for axes in grid.flat}))
    return [
        seeds_words(counts),
        f"bar: {_MEANS[scales]} over seeds" if several else "",
        band_words(counts, "whisker") + (_OF[scales] if several else ""),
        "the widest whiskers reach beyond the axis" if beyond else "",
        "bars of a group in the order of the legend" if len(drawn[0]) > 1 else "",
        "0: exactly 0 in every seed" if any(bar.nothing or bar.height == 0 for bar in bars) else "",
        "pale: exactly 0 in some seeds, mean of the others" if any(bar.pale for bar in bars) else "",
        "no bar for what is not finite" if records.infinite else "",
    ]
