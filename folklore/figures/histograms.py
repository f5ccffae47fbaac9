"""Draw the density of the logits after several epochs, one line per epoch: mean over seeds."""

from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from folklore.figures.log_axis import set_log_scale
from folklore.figures.records import asked_for
from folklore.figures.rows import read_notes
from folklore.figures.style import empty, footnote, new_figure
from folklore.schema.config import Style
from folklore.schema.figures.records import Histograms
from folklore.wording.figures import seeds_words, statistic_words
from folklore.wording.phrases import in_plain_words

_NOTHING = "No distribution of logits was recorded at this scale."
_LOWEST = 1e-4  # density at the foot of the axis
_WORDS = {"train": "training set", "validation": "validation set"}


def draw(table: Path, drawing: Histograms, style: Style, note: str) -> Figure:
    recorded = read_notes(table, "logits", (drawing.variant,))
    names = [f"{part}/*" for part in drawing.splits]
    bins = asked_for(recorded, ("after_epoch",), ("density",), names)
    if bins.empty:
        return empty(style, _NOTHING, note)
    by_epoch = bins.assign(part=bins["name"].str.partition("/")[0], edge=bins["name"].str.partition("/")[2].astype(int))
    epochs = sorted(by_epoch["epoch"].astype(int).unique())
    colours = _early_to_late(len(epochs))
    figure = new_figure(style, 2.9)
    panels = figure.subplots(1, len(drawing.splits), sharex=True, sharey=True, squeeze=False).ravel()
    for axes, part in zip(panels, drawing.splits, strict=True):
        for epoch, colour in zip(epochs, colours, strict=True):
            _draw(axes, by_epoch[(by_epoch["part"] == part) & (by_epoch["epoch"] == epoch)], colour)
        axes.set_title(in_plain_words(part, _WORDS), loc="left", fontweight="bold")
        set_log_scale(axes)
        axes.set(xlabel="logit", ylim=(_LOWEST, None))
    panels[0].set_ylabel(statistic_words("logits", "density"))
    handles = [
        Line2D([], [], color=colour, linewidth=2, label=f"epoch {epoch}")
        for epoch, colour in zip(epochs, colours, strict=True)
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=len(handles))
    seeds = seeds_words([bins["seed"].nunique()])
    footnote(figure, style, seeds, "line: mean over seeds", "bins of width 1, log axis from 0.0001", note)
    return figure


def _early_to_late(number: int) -> list[str]:
    """Return colours from light to dark: the last epoch is the darkest."""
    shares = np.linspace(0.85, 0.0, number) if number > 1 else [0.0]
    return [to_hex(matplotlib.colormaps["viridis"](share)) for share in shares]


def _draw(axes: Axes, bins: pd.DataFrame, colour: str) -> None:
    """Draw one line; a bin without a row of a seed is empty for the seed."""
    if bins.empty:
        return
    edges = np.arange(bins["edge"].min(), bins["edge"].max() + 2)
    sums = bins.groupby("edge")["value"].sum().reindex(edges[:-1], fill_value=0.0)
    axes.stairs(sums.to_numpy() / bins["seed"].nunique(), edges, color=colour, linewidth=1.6, baseline=_LOWEST)
