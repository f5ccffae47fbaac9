"""Draw one row per pair of variants: a metric as published and corrected, and the published value."""

import textwrap
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from folklore.analysis.intervals import Interval, mean_interval
from folklore.figures.measures import Measure, MeasuredVariants, measure, measured, run_notes
from folklore.figures.rows import ABSENT
from folklore.figures.style import FAINT, INK, RULE, SMALL, empty, footnote, new_figure
from folklore.schema.config import Style
from folklore.schema.figures.metrics import Pairs
from folklore.wording.figures import band_words, seeds_words

_ROW = 0.42  # inches
_SHIFT, _RAISED = 0.1, 0.34  # of a row: distance of the variants from its middle, and of the published value above them
_LETTERS = 28  # per line of a label
_PRINTED = {"marker": "D", "color": INK, "markersize": 5, "markeredgecolor": "white", "linestyle": ""}


@dataclass(frozen=True)
class _Row:
    label: str
    published: Interval | None  # None: no run has the number
    corrected: Interval | None
    published_value: float | None

    @property
    def gap(self) -> float | None:
        return self.corrected.mean - self.published.mean if self.published and self.corrected else None


def draw(table: Path, drawing: Pairs, style: Style, note: str) -> Figure:
    corrected = measure(drawing.metric)
    published = measure(drawing.published_metric or drawing.metric)
    runs = measured(table, [corrected, published], drawing.named)
    pairs = [
        _Row(
            pair.label,
            _interval(runs, pair.published, published),
            _interval(runs, pair.corrected, corrected),
            pair.published_value,
        )
        for pair in drawing.pairs
        if pair.published in runs or pair.corrected in runs
    ]
    if not pairs:
        return empty(style, ABSENT, note)
    figure = new_figure(style, _ROW * len(pairs) + 1.25)
    axes = figure.subplots()
    for place, pair in enumerate(pairs):
        _draw_pair(axes, place, pair, style)
    _write(axes, pairs, corrected, style)
    figure.legend(handles=_marks(style, pairs), loc="outside upper left", ncols=3)
    footnote(figure, style, *_about(runs, corrected, published), note)
    return figure


def _interval(runs: MeasuredVariants, variant: str, one: Measure) -> Interval | None:
    numbers = runs[variant].numbers(one) if variant in runs else np.empty(0)
    return mean_interval(numbers) if numbers.size else None


def _draw_pair(axes: Axes, place: int, pair: _Row, style: Style) -> None:
    before, after = style.palette[5 % len(style.palette)], style.palette[0]
    if pair.gap is not None:
        ends, heights = [pair.published.mean, pair.corrected.mean], [place - _SHIFT, place + _SHIFT]
        axes.plot(ends, heights, color=RULE, linewidth=2.2, zorder=1)
    for interval, height, colour, filling in (
        (pair.published, place - _SHIFT, before, "white"),
        (pair.corrected, place + _SHIFT, after, after),
    ):
        if interval is not None:
            reach = np.nan_to_num([[interval.mean - interval.low], [interval.high - interval.mean]])
            look = {"fmt": "o", "color": colour, "markerfacecolor": filling, "markersize": 6, "elinewidth": 1.2}
            axes.errorbar(interval.mean, height, xerr=reach, **look, markeredgewidth=1.4, zorder=3)
    if pair.published_value is not None:
        axes.plot(pair.published_value, place - _RAISED, **_PRINTED, zorder=4)


def _write(axes: Axes, pairs: list[_Row], one: Measure, style: Style) -> None:
    """Write the difference of each row at the right."""
    axes.set_yticks(range(len(pairs)), [textwrap.fill(pair.label, _LETTERS) for pair in pairs])
    axes.set_ylim(len(pairs) - 0.5, -0.5)  # the first pair on top
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.margins(x=0.06)
    axes.set_xlabel(one.label)
    beside = {"xycoords": axes.get_yaxis_transform(), "textcoords": "offset points", "va": "center"}
    small = style.font_size * SMALL
    for place, pair in enumerate(pairs):
        gap = "–" if pair.gap is None else one.signed(pair.gap)
        axes.annotate(gap, (1, place), (8, 0), **beside, fontsize=small)
    axes.annotate("corrected −\npublished", (1, -0.5), (8, 3), **beside | {"va": "bottom"}, color=FAINT, fontsize=small)


def _marks(style: Style, pairs: list[_Row]) -> list[Line2D]:
    before, after = style.palette[5 % len(style.palette)], style.palette[0]
    dot = {"marker": "o", "markersize": 6, "linestyle": "-", "linewidth": 1.2, "markeredgewidth": 1.4}
    marks = [
        Line2D([], [], color=before, markerfacecolor="white", label="protocol as published", **dot),
        Line2D([], [], color=after, label="corrected protocol", **dot),
    ]
    if any(pair.published_value is not None for pair in pairs):
        marks.append(Line2D([], [], label="printed in the source", **_PRINTED))
    return marks


def _about(runs: MeasuredVariants, corrected: Measure, published: Measure) -> list[str]:
    seeds = [variant.runs for variant in runs.values()]
    lost = run_notes(runs, [corrected, published])
    other = f"as published: {published.label}" if published != corrected else ""
    return [seeds_words(seeds), "point: mean", band_words(seeds, "bars"), other, *lost]
