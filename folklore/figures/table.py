"""Draw a table of means and intervals of each metric for each variant, with the best value of each column marked."""

import textwrap
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from folklore.analysis.intervals import mean_interval
from folklore.figures.measures import Measure, MeasuredVariant, MeasuredVariants, measure, measured
from folklore.figures.rows import ABSENT, first_of
from folklore.figures.style import (
    ALARM,
    FAINT,
    INK,
    RULE,
    SMALL,
    empty,
    footnote,
    footnote_height,
    new_canvas,
    width_of,
)
from folklore.schema.config import Style
from folklore.schema.figures.metrics import Table

_ROW, _LINE = 0.27, 0.165  # inches: height of a row, and of a line of the heading
_EDGE = 0.1  # inches, left and right of the table
_MARK = 0.2  # inches, for the sign of the best value
_GAP = 0.18  # inches between columns
_MOST = 80  # rows of a page
_BEST = "#d8efe2"


@dataclass(frozen=True)
class _Column:
    heading: tuple[str, ...]
    detail: tuple[str, ...]
    cells: tuple[str, ...]
    best: tuple[bool, ...]


def draw(table: Path, drawing: Table, style: Style, note: str) -> Figure:
    measures = [measure(metric) for metric in drawing.metrics]
    variants = measured(table, measures, drawing.variants)
    if not variants:
        return empty(style, ABSENT, note)
    variants, omitted = first_of(variants, _MOST)
    columns = [_column(one, variants) for one in measures]
    about = (*_about(variants, measures), omitted, note)
    top = _LINE * max(len(column.heading) + len(column.detail) for column in columns) + 0.2
    figure, axes = new_canvas(style, top + _ROW * len(variants) + 0.12 + footnote_height(style, *about))
    size, rights = _fit(style, list(variants), columns)
    _heading(axes, columns, rights, top, size)
    for number, (name, variant) in enumerate(variants.items()):
        _row(axes, top + _ROW * number, name, variant, size)
        for column, right in zip(columns, rights[1:], strict=True):
            _cell(axes, top + _ROW * number, right, column.cells[number], column.best[number], size)
    _rule(axes, top + _ROW * len(variants), INK, 1)
    footnote(figure, style, *about)
    return figure


def _about(variants: MeasuredVariants, measures: list[Measure]) -> tuple[str, ...]:
    broken = any(variant.diverged for variant in variants.values())
    bounds = any(variant.never_reached(one) for variant in variants.values() for one in measures)
    lost = "diverged runs are left out of the means, and their variants out of the choice of the best"
    spread = "mean ± half of the 95 % t-interval over seeds"
    bounded = "“never”: no run got there by its last epoch; ≥: some did not, and count as one epoch more"
    best = "✓ and bold: best mean of the column"
    return spread, best, lost if broken else "", bounded if bounds else ""


def _column(one: Measure, variants: MeasuredVariants) -> _Column:
    found = [variant.numbers(one) for variant in variants.values()]
    whole = [not variant.diverged and variant.numbers(one).size > 0 for variant in variants.values()]
    means = [float(numbers.mean()) if numbers.size else np.nan for numbers in found]
    rivals = {mean for mean, counts in zip(means, whole, strict=True) if counts}
    best = _best(one, rivals)
    return _Column(
        heading=tuple(textwrap.wrap(f"{one.words}{one.arrow}", 15)),
        detail=tuple(textwrap.wrap(one.detail, 17)),
        cells=tuple(_text(one, variant) for variant in variants.values()),
        best=tuple(counts and mean == best for mean, counts in zip(means, whole, strict=True)),
    )


def _best(one: Measure, rivals: set[float]) -> float | None:
    """Return the best mean; None if all are equal, or if neither end is better."""
    if one.lowest_is_best is None or len(rivals) < 2:
        return None
    return min(rivals) if one.lowest_is_best else max(rivals)


def _text(one: Measure, variant: MeasuredVariant) -> str:
    numbers, never = variant.numbers(one), variant.never_reached(one)
    if not numbers.size:
        return "–"
    if never == numbers.size:
        return "never"
    mean, low, high = mean_interval(numbers)
    return f"≥ {one.written(mean)}" if never else one.written(mean, (high - low) / 2)


def _fit(style: Style, names: list[str], columns: list[_Column]) -> tuple[float, list[float]]:
    """Return the font size, and the right edges of the names and of each metric; a wide table gets a smaller font."""
    size = style.font_size
    name = max(width_of(text, size) for text in ("variant", *names)) + _GAP
    seeds = width_of("0 of 0", size) + _GAP
    needed = [_width(column, size) + _MARK + _GAP for column in columns]
    room = style.width - 2 * _EDGE
    shrink = min(1.0, room / (name + seeds + sum(needed)))
    spare = max(0.0, room - (name + seeds + sum(needed))) / len(columns)
    rights = np.cumsum([_EDGE + shrink * name, *(shrink * width + spare for width in needed)])
    return shrink * size, rights.tolist()


def _width(column: _Column, size: float) -> float:
    bold = max(width_of(text, size, "bold") for text in (*column.heading, *column.cells))
    return max([bold, *(width_of(text, SMALL * size) for text in column.detail)])


def _heading(axes: Axes, columns: list[_Column], rights: list[float], top: float, size: float) -> None:
    base = top - 0.1
    for column, right in zip(columns, rights[1:], strict=True):
        lines = [(text, {"fontweight": "bold", "fontsize": size}) for text in column.heading]
        lines += [(text, {"color": FAINT, "fontsize": SMALL * size}) for text in column.detail]
        for height, (text, look) in enumerate(reversed(lines)):
            axes.text(right - _MARK, base - _LINE * height, text, ha="right", **look)
    axes.text(_EDGE + 0.05, base, "variant", fontweight="bold", fontsize=size)
    axes.text(axes.get_xlim()[1] - _EDGE - 0.05, base, "seeds", fontweight="bold", fontsize=size, ha="right")
    _rule(axes, top, INK, 1)


def _row(axes: Axes, top: float, name: str, variant: MeasuredVariant, size: float) -> None:
    _rule(axes, top + _ROW, RULE, 0.5)
    axes.text(_EDGE + 0.05, top + _ROW / 2, name, va="center_baseline", fontsize=size)
    lost = variant.diverged
    words = f"{variant.runs - lost} of {variant.runs}" if lost else str(variant.runs)
    place = (axes.get_xlim()[1] - _EDGE - 0.05, top + _ROW / 2)
    axes.text(*place, words, va="center_baseline", ha="right", fontsize=size, color=ALARM if lost else INK)


def _cell(axes: Axes, top: float, right: float, text: str, best: bool, size: float) -> None:
    middle, weight = top + _ROW / 2, "bold" if best else "normal"
    if best:
        start = right - _MARK - width_of(text, size, "bold") - 0.06
        axes.add_patch(Rectangle((start, top + 0.03), right - start, _ROW - 0.06, color=_BEST, zorder=0))
        axes.text(right - 0.03, middle, "✓", va="center_baseline", ha="right", fontweight="bold", fontsize=size)
    axes.text(right - _MARK, middle, text, va="center_baseline", ha="right", fontweight=weight, fontsize=size)


def _rule(axes: Axes, height: float, colour: str, width: float) -> None:
    axes.plot([_EDGE, axes.get_xlim()[1] - _EDGE], [height] * 2, color=colour, linewidth=width)
