"""Draw one line per variant: the mean over seeds, with its 95 % interval as a band."""

from math import ceil
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from folklore.figures.colours import Look, line_legend, looks
from folklore.figures.lines import (
    LOSSES,
    Runs,
    diverged_seeds,
    far_apart,
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
from folklore.figures.log_axis import set_log_scale
from folklore.figures.rows import ABSENT, CurvesTable, RunCurves, first_of, read_curves
from folklore.figures.style import SMALL, empty, footnote, legend_columns, new_figure
from folklore.figures.time_axis import write_time_axis
from folklore.schema.config import Style
from folklore.schema.figures.curves import Comparison
from folklore.wording.curves import curve_label
from folklore.wording.figures import band_words, seeds_words, smoothing_words

_MORE_THAN = 20  # ratio of highest to lowest learning rate above which its axis is logarithmic
_HEIGHT = {1: 3.2, 2: 2.7}  # inches of a panel, by number of panels in a row
_TWICE = 2.0  # inches of a panel if each curve has two panels
_MOST = 60  # lines; with more, the legend would be higher than the panels
_COLUMNS = {"epochs": "epoch", "updates": "updates", "seconds": "seconds"}  # column of the table by time unit
_MEASURED = "seconds: mean over the seeds, measured on one thread of one machine"


def draw(table: Path, drawing: Comparison, style: Style, note: str) -> Figure:
    time = _COLUMNS[drawing.time_unit]
    variants = read_curves(table, {*drawing.of, *LOSSES, time}, drawing.variants)
    if not variants:
        return empty(style, ABSENT, note)
    variants, omitted = first_of(variants, _MOST)
    window = window_of(drawing.smooth, longest(variants))
    windows = (1, window) if drawing.raw and window > 1 else (window,)
    look = looks(list(variants), style.palette)
    labels = {name: _label(name, runs) for name, runs in variants.items()}
    columns = legend_columns(style, labels.values())
    figure, panels = _panels(style, len(windows), len(drawing.of), 0.5 + 0.2 * ceil(len(labels) / columns))
    if len(windows) > 1:
        _write_windows(panels, windows, style)
    pairs = zip(panels.T, drawing.of, strict=False)
    clipped = [_curve(line, variants, curve, time, look, windows) for line, curve in pairs]
    ends = _ends(variants, time)
    _write_time_axis(panels[-1], len(drawing.of), drawing.time_unit, ends)
    line_legend(figure, look, labels, columns)
    seeds = [len(runs) for runs in variants.values()]
    about = (seeds_words(seeds), "line: mean over the seeds that finished", band_words(seeds), smoothing_words(window))
    footnote(
        figure, style, *about, *run_lengths(variants), *_about_time(drawing.time_unit, ends), *clipped, omitted, note
    )
    return figure


def _label(name: str, runs: Runs) -> str:
    broken = diverged_seeds(runs)
    return f"{name} ({len(broken)} of {len(runs)} diverged)" if broken else name


def _panels(style: Style, times: int, curves: int, rest: float) -> tuple[Figure, np.ndarray]:
    """Return panels [window, curve]."""
    across = min(2, curves)
    down = ceil(curves / across)
    figure = new_figure(style, times * down * (_HEIGHT[across] if times == 1 else _TWICE) + rest)
    panels = figure.subplots(times * down, across, sharex=True, squeeze=False).reshape(times, -1)
    for axes in panels[:, curves:].flat:
        axes.set_visible(False)
    return figure, panels


def _ends(variants: CurvesTable, time: str) -> dict[str, float]:
    """Return the time after the last epoch by variant; NaN if the table has none."""
    places = {name: _places(finished_runs(runs, LOSSES[0]), time) for name, runs in variants.items()}
    return {name: float(found[-1]) for name, found in places.items() if found.size}


def _places(runs: list[RunCurves], time: str) -> np.ndarray:
    """Return the mean time at each epoch, over the runs that have the epoch."""
    return intervals(stack_runs(runs, time))[0]


def _write_time_axis(panels: np.ndarray, used: int, against: str, ends: dict[str, float]) -> None:
    """Write the time axis under the lowest panel of each column."""
    across = panels[0].get_subplotspec().get_gridspec().ncols
    logarithmic = against != "epochs" and far_apart(end for end in ends.values() if np.isfinite(end))
    for number, axes in enumerate(panels):
        write_time_axis(axes, against, logarithmic, ticks=6, lowest=number + across >= used)


def _about_time(against: str, ends: dict[str, float]) -> list[str]:
    untold = [name for name, end in ends.items() if not np.isfinite(end)]
    return [
        _MEASURED if against == "seconds" else "",
        f"no {against} by epoch, so no line: {', '.join(untold)}" if untold else "",
    ]


def _write_windows(panels: np.ndarray, windows: tuple[int, ...], style: Style) -> None:
    for line, window in zip(panels, windows, strict=True):
        for axes in line:
            words = f"smoothed over {window} epochs" if window > 1 else "as measured"
            axes.set_title(words, loc="left", fontweight="bold", fontsize=style.font_size * SMALL)


def _curve(
    panels: np.ndarray, variants: CurvesTable, curve: str, time: str, look: dict[str, Look], windows: tuple[int, ...]
) -> str:
    """Draw one curve of all variants, once per window; return the footnote on its axis."""
    drawn = []
    for axes, window in zip(panels, windows, strict=True):
        if axes is not panels[0]:
            axes.sharey(panels[0])
        axes.set_ylabel(curve_label(curve))
        for name, runs in variants.items():
            finished = finished_runs(runs, curve)
            places = _places(finished, time)
            if places.size and np.isfinite(places).all():
                drawn.append(_line(axes, smoothed(places, window), stack_runs(finished, curve, window), look[name]))
    return _frame(panels[-1], curve, drawn)


def _line(axes: Axes, places: np.ndarray, whole: np.ndarray, look: Look) -> np.ndarray:
    mean, low, high = intervals(whole)
    marker = look.marker if len(places) == 1 else None
    axes.fill_between(places, low, high, color=look.colour, alpha=0.15, linewidth=0)
    axes.plot(places, mean, color=look.colour, linestyle=look.dash, linewidth=1.8, marker=marker)
    mark_ends(axes, places, mean, run_ends(whole), look.colour)
    return mean


def _frame(axes: Axes, curve: str, drawn: list[np.ndarray]) -> str:
    values = np.concatenate(drawn) if drawn else np.array([])
    positive = values[values > 0]
    if curve in ("lr", "update_norm") and positive.size and positive.max() > _MORE_THAN * positive.min():
        set_log_scale(axes)
    elif curve.endswith("loss") and drawn:
        top, highest = loss_view(drawn)
        axes.set_ylim(top=min(top, axes.get_ylim()[1]))
        if not curve.endswith("loss_gap"):
            axes.set_ylim(bottom=0)
        if highest > top:
            return f"{curve_label(curve)} axis ends at {top:.2g}; means up to {highest:.3g} lie above"
    elif curve.endswith("accuracy"):
        axes.set_ylim(max(axes.get_ylim()[0], 0), min(axes.get_ylim()[1], 1.02))
    return ""
