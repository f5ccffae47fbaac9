"""Draw the learning rate against the epoch over the published budget, one panel per variant."""

from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from folklore.figures.log_axis import set_log_scale
from folklore.figures.rows import ABSENT, first_of, read_facts
from folklore.figures.style import FAINT, SMALL, empty, footnote, new_figure
from folklore.schema.config import Style
from folklore.schema.figures.facts import Schedules
from folklore.wording.phrases import plain

_FORMULAS = {
    "constant": "lr",
    "inverse_time": "lr / (1 + {k:g}·t)",
    "exponential": "lr · e^(−{k:g}·t)",
    "step": "lr · {factor:g}^⌊t / {every}⌋",
    "linear": "linear from lr to {end:g}·lr",
    "inverse_root": "lr / √(t + 1)",
    "power_of_ten": "lr · 0.1^t",
    "cosine": "cosine annealing from lr to {end:g}·lr",
}
_DEFAULTS = {"end": 0.0}
_MOST = 36  # panels, three in a row, as a page has room for
_FLAT = 1e-3  # share of the highest rate below which a linear axis shows 0


def draw(table: Path, drawing: Schedules, style: Style, note: str) -> Figure:
    facts = {name: fact for name, fact in read_facts(table, drawing.variants).items() if fact["lr"]}
    if not facts:
        return empty(style, ABSENT, note)
    facts, omitted = first_of(facts, _MOST)
    across = min(len(facts), 3)
    down = ceil(len(facts) / across)
    figure = new_figure(style, 1.75 * down + 0.55)
    panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False).ravel()
    logarithmic = _mostly_flat([np.array(fact["lr"]) for fact in facts.values()])
    for axes, (name, fact) in zip(panels, facts.items(), strict=False):
        _panel(axes, name, fact, logarithmic, style)
    _frame(panels, len(facts), across)
    scale = "logarithmic axis" if logarithmic else ""
    footnote(
        figure, style, "learning rate of each epoch, computed without training; t = epoch − 1", scale, omitted, note
    )
    return figure


def _mostly_flat(rates: list[np.ndarray]) -> bool:
    highest = max(rate.max() for rate in rates)
    return (
        all(rate.min() > 0 for rate in rates) and sum(rate.min() < _FLAT * highest for rate in rates) > len(rates) / 2
    )


def _panel(axes: Axes, name: str, fact: dict[str, Any], logarithmic: bool, style: Style) -> None:
    rates, small = np.array(fact["lr"]), style.font_size * SMALL
    axes.plot(np.arange(1, len(rates) + 1), rates, color=style.palette[0], marker=".", markersize=4, linewidth=1.3)
    axes.set_title(f"{name}\n", loc="left", fontweight="bold")
    corner = {"xycoords": "axes fraction", "textcoords": "offset points", "fontsize": small}
    axes.annotate(_constants(fact["settings"]), (0, 1), (0, 4), va="bottom", **corner)
    ends = f"{rates[0]:.3g} → {rates[-1]:.3g}"
    axes.annotate(ends, (1, 1), (-2, -3), ha="right", va="top", color=FAINT, **corner)
    if logarithmic:
        set_log_scale(axes)
    else:
        axes.set_ylim(bottom=0)


def _constants(settings: dict[str, Any]) -> str:
    schedule = _DEFAULTS | (settings.get("schedule") or {"name": "constant"})
    name = schedule["name"]
    formula = _FORMULAS[name].format(**schedule) if name in _FORMULAS else plain(name)
    return f"{formula}, lr = {settings['optimiser']['lr']:g}"


def _frame(panels: np.ndarray, used: int, across: int) -> None:
    for number, axes in enumerate(panels):
        axes.set_visible(number < used)
        axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))
        axes.tick_params(labelbottom=number + across >= used)
        axes.set_xlabel("epoch" if number // across == (used - 1) // across else "")
        axes.set_ylabel("learning rate" if number % across == 0 else "")
