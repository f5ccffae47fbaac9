"""Draw one point per run, in one row per variant: the spread over seeds."""

from math import ceil
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from folklore.figures.colours import looks
from folklore.figures.measures import Measure, MeasuredVariants, measure, measured, run_notes
from folklore.figures.rows import ABSENT, first_of
from folklore.figures.style import INK, SMALL, empty, footnote, new_figure
from folklore.schema.config import Style
from folklore.schema.figures.metrics import StripPlot
from folklore.wording.figures import seeds_words

_ROW = 0.38  # inches
_MOST = 60  # rows of a page
_SIDE_BY_SIDE = 2
_JITTER = 0.24  # of a row, up and down


def draw(table: Path, drawing: StripPlot, style: Style, note: str) -> Figure:
    measures = [measure(metric) for metric in drawing.metrics]
    variants = measured(table, measures, drawing.variants)
    if not variants:
        return empty(style, ABSENT, note)
    variants, omitted = first_of(variants, _MOST)
    across = min(_SIDE_BY_SIDE, len(measures))
    down = ceil(len(measures) / across)
    figure = new_figure(style, down * (_ROW * len(variants) + 0.75) + 0.35)
    panels = figure.subplots(down, across, squeeze=False)
    look = looks(list(variants), style.palette)
    for axes, one in zip(panels.flat, measures, strict=False):
        for row, (name, variant) in enumerate(variants.items()):
            _draw_runs(axes, row, variant.numbers(one), look[name].colour)
            _write_numbers(axes, row, variant.numbers(one), one, style)
        axes.set_xlabel(one.label)
    _frame(panels, len(measures), list(variants))
    footnote(figure, style, *_about(variants, measures), omitted, note)
    return figure


def _draw_runs(axes: Axes, place: int, numbers: np.ndarray, colour: str) -> None:
    if not numbers.size:
        return
    heights = place + _JITTER * _jitter(numbers)
    axes.plot(numbers, heights, "o", color=colour, alpha=0.8, markersize=4.5, markeredgewidth=0)
    axes.plot([numbers.mean()] * 2, [place - 0.32, place + 0.32], color=INK, linewidth=1.6, zorder=1.5)
    if numbers.size > 1:
        sd = numbers.std(ddof=1)
        axes.plot([numbers.mean() - sd, numbers.mean() + sd], [place] * 2, color=INK, linewidth=1.2, zorder=1.5)


def _jitter(numbers: np.ndarray) -> np.ndarray:
    """Return heights from -1 to 1, in turn by rank, so that neighbouring points do not overlap."""
    ranks = numbers.argsort(kind="stable").argsort(kind="stable")
    return (ranks % 4) / 1.5 - 1 if numbers.size > 1 else np.zeros(1)


def _write_numbers(axes: Axes, place: int, numbers: np.ndarray, one: Measure, style: Style) -> None:
    sd = float(numbers.std(ddof=1)) if numbers.size > 1 else 0.0
    words = one.written(float(numbers.mean()), sd) if numbers.size else "–"
    beside = {"xycoords": axes.get_yaxis_transform(), "textcoords": "offset points", "va": "center"}
    axes.annotate(words, (1, place), (5, 0), **beside, fontsize=style.font_size * SMALL)


def _frame(panels: np.ndarray, used: int, names: list[str]) -> None:
    """Write the names at the left, the first variant on top."""
    for number, axes in enumerate(panels.flat):
        axes.set_visible(number < used)
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0, labelleft=number % panels.shape[1] == 0)
        axes.grid(axis="y", visible=False)
        axes.margins(x=0.06)
        axes.xaxis.set_major_locator(MaxNLocator(4))


def _about(variants: MeasuredVariants, measures: list[Measure]) -> list[str]:
    seeds = [variant.runs for variant in variants.values()]
    several = max(seeds) > 1
    bars = "upright: mean, level: ± 1 SD over seeds" if several else "one seed, so no SD"
    return [seeds_words(seeds), "point: a run, its height has no meaning", bars, *run_notes(variants, measures)]
