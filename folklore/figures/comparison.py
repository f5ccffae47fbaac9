"""One line a variant: mean over seeds with its 95 % interval as a band."""

from math import ceil
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from folklore.analysis.intervals import mean_interval
from folklore.config import Style
from folklore.drawing import Comparison
from folklore.figures.colours import Look, looks
from folklore.figures.lines import TELLING, Runs, bundle, diverged_seeds, longest, loss_view, smoothed, window_of
from folklore.figures.rows import ABSENT, CurvesTable, read_curves
from folklore.figures.style import card, empty, footnote, legend_columns
from folklore.figures.words import band_words, curve_words, seeds_words, smoothing_words

_MORE_THAN = 20  # a learning rate that spans so many times its lowest value is drawn on a logarithmic axis


def draw(table: Path, drawing: Comparison, style: Style, note: str) -> Figure:
    variants = read_curves(table, {*drawing.of, *TELLING}, drawing.variants)
    if not variants:
        return empty(style, ABSENT, note)
    window = window_of(drawing.smooth, longest(variants))
    look = looks(list(variants), style.palette)
    labels = {name: _label(name, runs) for name, runs in variants.items()}
    columns = legend_columns(style, labels.values())
    across = min(2, len(drawing.of))
    down = ceil(len(drawing.of) / across)
    figure = card(style, down * (2.7 if across == 2 else 3.2) + 0.5 + 0.2 * ceil(len(labels) / columns))
    panels = figure.subplots(down, across, sharex=True, squeeze=False).ravel()
    clipped = [_panel(axes, variants, curve, look, window) for axes, curve in zip(panels, drawing.of, strict=False)]
    _write_epochs(panels, len(drawing.of), across)
    handles = [
        Line2D([], [], color=look[name].colour, linestyle=look[name].dash, linewidth=2, label=label)
        for name, label in labels.items()
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=columns, handlelength=2.6, columnspacing=1.4)
    seeds = [len(runs) for runs in variants.values()]
    about = (seeds_words(seeds), "line: mean over the seeds that finished", band_words(seeds), smoothing_words(window))
    footnote(figure, style, *about, *clipped, note)
    return figure


def _label(name: str, runs: Runs) -> str:
    broken = diverged_seeds(runs)
    return f"{name} ({len(broken)} of {len(runs)} diverged)" if broken else name


def _write_epochs(panels: np.ndarray, used: int, across: int) -> None:
    """Under the lowest panel of each column."""
    for number, axes in enumerate(panels):
        axes.set_visible(number < used)
        axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10], integer=True))
        axes.tick_params(labelbottom=number + across >= used)
        axes.set_xlabel("epoch" if number // across == (used - 1) // across else "")


def _panel(axes: Axes, variants: CurvesTable, curve: str, look: dict[str, Look], window: int) -> str:
    """Draws one curve of all variants; returns what the footnote has to say about its axis."""
    drawn = []
    for name, runs in variants.items():
        epochs, whole = bundle(runs, curve)
        if len(whole):
            drawn.append(_line(axes, epochs, whole, look[name], window))
    axes.set_ylabel(curve_words(curve))
    return _frame(axes, curve, drawn)


def _line(axes: Axes, epochs: np.ndarray, whole: np.ndarray, look: Look, window: int) -> np.ndarray:
    places = smoothed(epochs, window)
    mean, low, high = mean_interval(np.array([smoothed(values, window) for values in whole]).T)
    marker = look.marker if len(places) == 1 else None
    axes.fill_between(places, low, high, color=look.colour, alpha=0.15, linewidth=0)
    axes.plot(places, mean, color=look.colour, linestyle=look.dash, linewidth=1.8, marker=marker)
    return mean


def _frame(axes: Axes, curve: str, drawn: list[np.ndarray]) -> str:
    values = np.concatenate(drawn) if drawn else np.array([])
    positive = values[values > 0]
    if curve in ("lr", "displacement") and positive.size and positive.max() > _MORE_THAN * positive.min():
        axes.set_yscale("log")
    elif curve.endswith("loss") and drawn:
        top, highest = loss_view(drawn)
        axes.set_ylim(top=min(top, axes.get_ylim()[1]))
        if not curve.endswith("gap_loss"):
            axes.set_ylim(bottom=0)
        if highest > top:
            return f"{curve_words(curve)} axis ends at {top:.2g}; means up to {highest:.3g} lie above"
    elif curve.endswith("accuracy"):
        axes.set_ylim(max(axes.get_ylim()[0], 0), min(axes.get_ylim()[1], 1.02))
    return ""
