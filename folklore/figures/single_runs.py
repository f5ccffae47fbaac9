"""Draw each run by itself, one column per seed: loss and accuracy, unsmoothed (faint) and smoothed."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from folklore.figures.lines import LOSSES, Runs, diverged_seeds, longest, loss_view, smoothed, window_of
from folklore.figures.rows import ABSENT, CurvesTable, RunCurves, first_of, read_curves
from folklore.figures.style import ALARM, INK, PATCH, SMALL, empty, footnote, new_figure
from folklore.schema.config import Style
from folklore.schema.figures.curves import SingleRuns
from folklore.wording.figures import seeds_words, smoothing_words

_PANELS = {"loss": LOSSES, "accuracy": ("train_accuracy", "validation_accuracy")}
_DASHES = ("-", (0, (4, 1.4)))  # training, validation
_SIDE_BY_SIDE = 5  # seeds
_MOST = 20  # rows of a page
_FAINT = {"alpha": 0.3, "linewidth": 0.9}
_BOLD = {"linewidth": 1.6}


def draw(table: Path, drawing: SingleRuns, style: Style, note: str) -> Figure:
    variants = read_curves(table, {column for columns in _PANELS.values() for column in columns}, drawing.variants)
    if not variants:
        return empty(style, ABSENT, note)
    variants, omitted = first_of(variants, _MOST)
    window, rows = window_of(drawing.smooth, longest(variants)), _rows(variants)
    across = max(len(runs) for _, runs in rows)
    views = {
        name: loss_view([run[loss] for run in runs.values() for loss in LOSSES]) for name, runs in variants.items()
    }
    figure = new_figure(style, 2.2 * len(rows) + 0.85)
    grid = figure.subplots(2 * len(rows), across, sharex=True, squeeze=False).reshape(-1, 2, across)
    for pairs, (name, runs) in zip(grid, rows, strict=True):
        for pair, (seed, run) in zip(pairs.T, runs.items(), strict=False):
            _draw_run(pair, run, views[name][0], window, style)
            pair[0].set_title(f"seed {seed}", loc="right", fontsize=style.font_size * SMALL)
            if seed in diverged_seeds(runs):
                _say_diverged(pair[0], run, style)
        pairs[0, 0].set_title(f"{name}\n ", loc="left", fontweight="bold")  # above the titles of the seeds
        _frame(pairs, len(runs))
    for axes in grid[-1, 1]:
        axes.set_xlabel("epoch")
    _legend(figure, style, window)
    seeds = seeds_words(len(runs) for runs in variants.values())
    footnote(figure, style, seeds, smoothing_words(window), *_clipped(views), omitted, note)
    return figure


def _rows(variants: CurvesTable) -> list[tuple[str, Runs]]:
    return [
        (name, {seed: runs[seed] for seed in list(runs)[start : start + _SIDE_BY_SIDE]})
        for name, runs in variants.items()
        for start in range(0, len(runs), _SIDE_BY_SIDE)
    ]


def _draw_run(pair: np.ndarray, run: RunCurves, top: float, window: int, style: Style) -> None:
    marker = {"marker": "o", "markersize": 3} if run.epochs == 1 else {}
    for axes, columns in zip(pair, _PANELS.values(), strict=True):
        for column, colour, dash in zip(columns, style.palette, _DASHES, strict=False):
            axes.plot(run["epoch"], run[column], color=colour, **_FAINT, **marker)
            places, heights = smoothed(run["epoch"], window), smoothed(run[column], window)
            axes.plot(places, heights, color=colour, linestyle=dash, **_BOLD, **marker)
    pair[0].set_ylim(0, top)
    pair[1].set_ylim(0, 1.02)


def _say_diverged(axes: Axes, run: RunCurves, style: Style) -> None:
    words, size = f"diverged in epoch {run['epoch'][-1]:.0f}", style.font_size * SMALL
    place = {"transform": axes.transAxes, "ha": "right", "va": "top", "zorder": 4}
    axes.text(0.98, 0.96, words, color=ALARM, fontsize=size, **place, **PATCH)


def _frame(pairs: np.ndarray, used: int) -> None:
    """Label the vertical axis at the first run of a row, and the epochs under each run."""
    for words, line in zip(_PANELS, pairs, strict=True):
        line[0].set_ylabel(words)
        for number, axes in enumerate(line):
            axes.set_visible(number < used)
            axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
            axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10], integer=True))
            axes.tick_params(labelleft=number == 0, labelbottom=words == "accuracy")


def _legend(figure: Figure, style: Style, window: int) -> None:
    handles = [
        Line2D([], [], color=colour, linestyle=dash, label=label, **_BOLD)
        for label, colour, dash in zip(("training", "validation"), style.palette, _DASHES, strict=False)
    ]
    if window > 1:
        handles.append(Line2D([], [], color=INK, label="as measured", **_FAINT))
    figure.legend(handles=handles, loc="outside upper left", ncols=3, handlelength=2.6)


def _clipped(views: dict[str, tuple[float, float]]) -> list[str]:
    return [
        f"{name}: loss axes end at {top:.2g}, values up to {highest:.3g} lie above"
        for name, (top, highest) in views.items()
        if highest > top
    ]
