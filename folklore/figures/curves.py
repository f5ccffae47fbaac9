"""Draw training and validation loss and accuracy: one thin line per seed, and a bold one for their mean."""

from math import ceil
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, MultipleLocator

from folklore.figures.lines import (
    LOSSES,
    Runs,
    diverged_seeds,
    finished_runs,
    intervals,
    longest,
    loss_view,
    mark_ends,
    run_ends,
    run_lengths,
    smoothed,
    stack_runs,
    window_of,
)
from folklore.figures.rows import ABSENT, CurvesTable, RunCurves, first_of, read_curves
from folklore.figures.style import ALARM, FAINT, INK, SMALL, empty, footnote, new_figure
from folklore.schema.config import Style
from folklore.schema.figures.curves import Curves
from folklore.wording.figures import count_words, seeds_words, smoothing_words

_SIDE_BY_SIDE = 6  # number of variants from which on a row has two
_MOST = 24  # variants, two in a row, as a page has room for
_THIN = {"linewidth": 0.7, "zorder": 2}
_BOLD = {"linewidth": 1.9, "zorder": 3}


def draw(table: Path, drawing: Curves, style: Style, note: str) -> Figure:
    losses, accuracies = (_columns(panel, drawing.running) for panel in ("loss", "accuracy"))
    variants = read_curves(table, {*losses, *accuracies, *LOSSES}, drawing.variants)
    if not variants:
        return empty(style, ABSENT, note)
    variants, omitted = first_of(variants, _MOST)
    window = window_of(drawing.smooth, longest(variants))
    across = 2 if len(variants) >= _SIDE_BY_SIDE else 1
    down = ceil(len(variants) / across)
    figure = new_figure(style, 1.5 * down + 0.85)
    axes = figure.subplots(down, 2 * across, sharex=True, squeeze=False).reshape(-1, 2)
    top, highest = loss_view([run[name] for runs in variants.values() for run in runs.values() for name in losses])
    for (loss, accuracy), (name, runs) in zip(axes, variants.items(), strict=False):
        loss.set(ylim=(0, top), ylabel="loss")
        loss.set_title(name, loc="left", fontweight="bold")
        _panel(loss, runs, losses, window, style)
        _say_how_high(loss, [run[column] for run in runs.values() for column in losses], top, style)
        accuracy.set(ylim=(0, 1.02), ylabel="accuracy")
        _panel(accuracy, runs, accuracies, window, style)
        _say_who_diverged(accuracy, runs, style)
    _frame(axes, len(variants), across)
    _legend(figure, style, drawing.running, window, any(map(diverged_seeds, variants.values())))
    clipped = f"loss axes end at {top:.2g}; values up to {highest:.3g} lie above" if highest > top else ""
    footnote(figure, style, *_about(variants, window), clipped, omitted, note)
    return figure


def _about(variants: CurvesTable, window: int) -> list[str]:
    seeds = seeds_words(len(runs) for runs in variants.values())
    return [seeds, "bold: mean over the seeds that finished", *run_lengths(variants), smoothing_words(window)]


def _columns(panel: str, running: bool) -> tuple[str, str]:
    return f"{'running' if running else 'train'}_{panel}", f"validation_{panel}"


def _panel(axes: Axes, runs: Runs, columns: tuple[str, str], window: int, style: Style) -> None:
    broken = diverged_seeds(runs)
    for column, colour in zip(columns, style.palette, strict=False):
        for seed, run in runs.items():
            marker = "o" if run.epochs == 1 else None
            alpha = 0.28 if window > 1 else 0.45
            axes.plot(run["epoch"], run[column], color=colour, alpha=alpha, marker=marker, markersize=3, **_THIN)
            if seed in broken:
                _cross(axes, run["epoch"], run[column])
        if finished := finished_runs(runs, column):
            _draw_mean(axes, finished, column, window, colour)


def _draw_mean(axes: Axes, finished: list[RunCurves], column: str, window: int, colour: str) -> None:
    """Draw the mean at each epoch over the runs that have the epoch."""
    epochs = smoothed(intervals(stack_runs(finished, "epoch"))[0], window)
    whole = stack_runs(finished, column, window)
    mean = intervals(whole)[0]
    axes.plot(epochs, mean, color=colour, **_BOLD)
    mark_ends(axes, epochs, mean, run_ends(whole), colour)


def _cross(axes: Axes, epochs: np.ndarray, values: np.ndarray) -> None:
    """Mark the last finite value of a diverged run with ✕."""
    seen = np.flatnonzero(np.isfinite(values))
    if seen.size:
        height = min(values[seen[-1]], 0.97 * axes.get_ylim()[1])
        axes.plot(epochs[seen[-1]], height, "x", color=ALARM, markersize=4.5, markeredgewidth=1.2, zorder=4)


def _say_how_high(axes: Axes, lines: list[np.ndarray], top: float, style: Style) -> None:
    highest = max(line[np.isfinite(line)].max(initial=0) for line in lines)
    if highest > top:
        place = {"xy": (1, 1), "xycoords": "axes fraction", "xytext": (-2, -2), "textcoords": "offset points"}
        size = style.font_size * SMALL
        axes.annotate(f"↑ up to {highest:.3g}", **place, ha="right", va="top", color=FAINT, fontsize=size)


def _say_who_diverged(axes: Axes, runs: Runs, style: Style) -> None:
    if broken := diverged_seeds(runs):
        words = f"{len(broken)} of {count_words(len(runs), 'seed')} diverged"
        axes.set_title(words, loc="right", color=ALARM, fontsize=style.font_size * SMALL)


def _frame(axes: np.ndarray, used: int, across: int) -> None:
    """Label the epochs under the lowest panel of each column."""
    for number, pair in enumerate(axes):
        lowest, last_row = number + across >= used, number // across == (used - 1) // across
        pair[0].yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
        pair[1].yaxis.set_major_locator(MultipleLocator(0.2))
        for panel in pair:
            panel.set_visible(number < used)
            panel.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))
            panel.tick_params(labelbottom=lowest)
            panel.set_xlabel("epoch" if last_row else "")


def _legend(figure: Figure, style: Style, running: bool, window: int, broken: bool) -> None:
    train, validation = style.palette[:2]
    handles = [
        Line2D([], [], color=train, label="training while it ran" if running else "training", **_BOLD),
        Line2D([], [], color=validation, label="validation", **_BOLD),
        Line2D([], [], color=INK, alpha=0.45, label="one seed, as measured" if window > 1 else "one seed", **_THIN),
    ]
    if broken:
        handles.append(Line2D([], [], color=ALARM, marker="x", linestyle="", markersize=5, label="diverged"))
    figure.legend(handles=handles, loc="outside upper left", ncols=len(handles))
