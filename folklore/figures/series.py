"""Draw records by epoch or by window of updates: one row of panels per statistic."""

import textwrap
from collections.abc import Collection
from functools import partial
from itertools import groupby, pairwise
from math import ceil
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from folklore.figures.bars import cut, limit
from folklore.figures.colours import Look, line_legend, looks, looks_of_names, seen_through
from folklore.figures.lines import far_apart, mark_ends
from folklore.figures.series_panels import Line, Panel, SeriesPanels, read_panels
from folklore.figures.style import SMALL, empty, footnote, legend_columns, new_figure
from folklore.figures.time_axis import write_time_axis
from folklore.figures.zero_strip import open_room
from folklore.schema.config import Style
from folklore.schema.figures.records import SeriesFigure
from folklore.wording.figures import band_words, seeds_words, statistic_words

_NOTHING = "Nothing of what this figure asks for was recorded at this scale."
_COLUMNS, _MEASURES = 4, 3  # side by side, at most
_HEIGHTS = {1: 2.6, 2: 1.8, 3: 1.6, 4: 1.45}  # inches of a panel, by number of panels in a row
_HIGHER = 1.3  # times, on a log axis
_MARGIN = 0.04  # of the horizontal axis, at both ends
_FEW = 12  # greatest number of marked points of a line, and of lines in the legend

Placed = list[tuple[Axes, Panel]]


def draw(table: Path, drawing: SeriesFigure, style: Style, note: str) -> Figure:
    series = read_panels(table, drawing)
    if not series.panels:
        return empty(style, _NOTHING, note)
    looks_of = looks if drawing.lines == "variants" else looks_of_names
    look = seen_through(looks_of(list(series.lines), style.palette))
    in_legend = _in_legend(series.lines)
    columns = legend_columns(style, in_legend)
    grid = _grid(series.panels)
    figure = new_figure(style, _height(grid, drawing.log) + 0.2 * ceil(len(in_legend) / columns) + 0.5)
    placed = _placed(figure, grid)
    sharing = _sharing(placed, drawing)
    draw_lines = _draw_on_log_axis if drawing.log else partial(_draw_on_linear_axis, shares=drawing.shares)
    beyond = [draw_lines(same, look) for same in sharing]
    _write_heights(placed, drawing, style)
    _write_places(placed, drawing)
    line_legend(figure, look, dict(zip(in_legend, in_legend, strict=True)), columns)
    shown, lines = len(in_legend), len(series.lines)
    about = [
        "the widest bands reach beyond the axis" if any(beyond) else "",
        f"{shown} of {lines} lines are in the legend" if shown < lines else "",
        "the vertical axis differs from panel to panel" if len(sharing) > len(drawing.statistics) else "",
    ]
    footnote(figure, style, *_about(series, drawing.log), *about, *series.lengths, note)
    return figure


def _height(grid: list[list[Panel]], logarithmic: bool) -> float:
    """Return the inches of all rows of panels, with one line for each heading."""
    headings = len({panel.row for row in grid for panel in row if panel.row})
    return len(grid) * _HEIGHTS[max(map(len, grid))] * (_HIGHER if logarithmic else 1) + 0.2 * headings


def _in_legend(lines: tuple[str, ...]) -> list[str]:
    """Return the lines of the legend: all if few, else the first, the last and some evenly between."""
    places = np.linspace(0, len(lines) - 1, min(len(lines), _FEW)).round().astype(int)
    return [lines[place] for place in places]


def _grid(panels: list[Panel]) -> list[list[Panel]]:
    """Return rows of panels: one or more rows per statistic, or one row if each statistic has one panel."""
    rows = [list(row) for _, row in groupby(panels, key=lambda panel: (panel.row, panel.statistic))]
    longest, most = max(map(len, rows)), _COLUMNS
    if longest == 1:
        rows, longest, most = [panels], len(panels), _MEASURES
    across = ceil(longest / ceil(longest / most))
    return [line for row in rows for line in _evenly(row, across)]


def _evenly(row: list[Panel], across: int) -> list[list[Panel]]:
    """Split a row into the fewest rows of similar length."""
    each = ceil(len(row) / ceil(len(row) / across))
    return [row[start : start + each] for start in range(0, len(row), each)]


def _placed(figure: Figure, grid: list[list[Panel]]) -> Placed:
    subplots = figure.subplots(len(grid), max(map(len, grid)), squeeze=False)
    for line, panels in zip(subplots, grid, strict=True):
        for axes in line[len(panels) :]:
            axes.set_visible(False)
    return [
        (axes, panel)
        for line, panels in zip(subplots, grid, strict=True)
        for axes, panel in zip(line, panels, strict=False)
    ]


def _sharing(placed: Placed, drawing: SeriesFigure) -> list[Placed]:
    """Group the panels that share a vertical axis: one group per statistic, or per statistic and layer."""
    groups: dict[tuple[str, ...], Placed] = {}
    for axes, panel in placed:
        apart = drawing.lines != "names" and not drawing.log and panel.statistic not in drawing.shares
        groups.setdefault((panel.statistic, panel.column) if apart else (panel.statistic,), []).append((axes, panel))
    for (first, _), *others in groups.values():
        for axes, _ in others:
            axes.sharey(first)
    return list(groups.values())


def _draw_on_linear_axis(same: Placed, look: dict[str, Look], shares: Collection[str]) -> bool:
    """Draw the lines; return False, since the axis shows all of each band."""
    for axes, panel in same:
        for name, line in panel.lines.items():
            axes.fill_between(line.places, *line.band, color=look[name].colour, alpha=0.15, linewidth=0)
            _plot(axes, line.places, line.heights, look[name])
            mark_ends(axes, line.places, line.heights, line.ends, look[name].colour)
        if panel.statistic in shares:
            axes.set_ylim(-0.03, 1.03)
    return False


def _draw_on_log_axis(same: Placed, look: dict[str, Look]) -> bool:
    """Draw the lines; return True if some band reaches beyond the axis."""
    first, lines = same[0][0], [(name, line) for _, panel in same for name, line in panel.lines.items()]
    points = [point for _, line in lines for point in line.points]
    limit(first, points)
    foot, beyond = first.get_ylim()[0], cut(first, points)
    zeros = [name for name in look if any(line.nothing.any() for other, line in lines if other == name)]
    heights = dict(zip(zeros, open_room([axes for axes, _ in same], len(zeros)), strict=True)) if zeros else {}
    for axes, panel in same:
        for name, line in panel.lines.items():
            low, high = np.maximum(line.band, foot)
            axes.fill_between(line.places, low, high, color=look[name].colour, alpha=0.15, linewidth=0)
            _plot(axes, line.places, line.heights, look[name])
            mark_ends(axes, line.places, line.heights, line.ends, look[name].colour)
            _mark_zeros(axes, line, look[name], heights.get(name))
    return beyond


def _plot(axes: Axes, places: np.ndarray, heights: np.ndarray, look: Look) -> None:
    marker = {"marker": look.marker, "markersize": 3.5} if len(places) <= _FEW else {}
    axes.plot(places, heights, color=look.colour, linestyle=look.dash, linewidth=1.5, **marker)


def _mark_zeros(axes: Axes, line: Line, look: Look, height: float | None) -> None:
    """Draw exact zeros of all seeds in the strip below the axis, and hollow points where some seeds are 0."""
    if line.nothing.any():
        _plot(axes, line.places, np.where(line.nothing, height, np.nan), look)
    some = np.flatnonzero(line.pale)
    some = some[:: ceil(len(some) / _FEW) or 1]
    hollow = {"markerfacecolor": "white", "markersize": 4, "zorder": 3}
    axes.plot(line.places[some], line.heights[some], linestyle="", color=look.colour, marker="o", **hollow)


def _write_heights(placed: Placed, drawing: SeriesFigure, style: Style) -> None:
    """Write each variant above its first panel, and what neighbours share at the left one alone."""
    small, seen = style.font_size * SMALL, set()
    for axes, panel in placed:
        if panel.row and panel.row not in seen:
            axes.set_title(f"{panel.row}\n ", loc="left", fontweight="bold")
        seen.add(panel.row)
        axes.set_title(panel.column, loc="right" if panel.row else "left", fontweight="bold", fontsize=small)
        axes.tick_params(axis="y", labelsize=small)
        axes.set_ylabel(textwrap.fill(statistic_words(drawing.recorder, panel.statistic), 24))
    for (left, one), (axes, other) in pairwise(placed):
        beside = left.get_subplotspec().rowspan.start == axes.get_subplotspec().rowspan.start
        if beside and one.statistic == other.statistic:
            axes.set_ylabel("")
            shared = axes.get_shared_y_axes().joined(left, axes)
            axes.tick_params(axis="y", which="both", labelleft=not shared)


def _write_places(placed: Placed, drawing: SeriesFigure) -> None:
    """Set one time axis for all panels."""
    lines = [line for _, panel in placed for line in panel.lines.values()]
    first, last = min(line.places[0] for line in lines), max(line.places[-1] for line in lines)
    time_unit = "updates" if drawing.time_point == "updates" else "epochs"
    logarithmic = time_unit == "updates" and far_apart(line.places[-1] for line in lines)
    edge = (last / first) ** _MARGIN if logarithmic else _MARGIN * (last - first) or 0.5
    lowest = {axes.get_subplotspec().colspan.start: axes for axes, _ in placed}.values()
    for axes, _ in placed:
        write_time_axis(axes, time_unit, logarithmic, ticks=4, lowest=axes in lowest)
        axes.set_xlim((first / edge, last * edge) if logarithmic else (first - edge, last + edge))


def _about(series: SeriesPanels, logarithmic: bool) -> list[str]:
    several = max(series.seeds.values()) > 1
    lines = [line for panel in series.panels for line in panel.lines.values()]
    return [
        seeds_words(series.seeds.values()),
        f"line: {'geometric mean' if logarithmic else 'mean'} over seeds" if several else "",
        band_words(series.seeds.values()) + (", of the logarithm" if several and logarithmic else ""),
        "grey strip: exactly 0 in every seed" if logarithmic and any(line.nothing.any() for line in lines) else "",
        "hollow: exactly 0 in some seeds, mean of the others" if any(line.pale.any() for line in lines) else "",
    ]
