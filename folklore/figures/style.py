"""The common look of all figures: fonts, colours, white background and footnote."""

import textwrap
from collections.abc import Iterable
from contextlib import AbstractContextManager

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from folklore.figures.letters import FONT
from folklore.schema.config import Style

INK = "#1f1f1f"
FAINT = "#666666"
RULE = "#c8c8c8"
GRID = "#e6e6e6"
ALARM = "#a8201a"  # never the only sign: a word or a mark accompanies it

SMALL = 0.85  # share of the font size
TINY = 0.78

# White patch behind letters, to separate them from lines.
PATCH = {"bbox": {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.4}}

_LETTER = 0.53  # mean width of a letter of DejaVu Sans, as a share of its size
_LINE = 1.3  # height of a line, as a share of the font size


def dressed(style: Style) -> AbstractContextManager:
    """Return matplotlib's settings while a figure is drawn and saved: its own defaults, not the user's, then ours."""
    size = style.font_size
    defaults = {key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith("backend")}
    return matplotlib.rc_context(
        defaults
        | {
            "font.family": FONT,
            "font.size": size,
            "text.color": INK,
            "text.parse_math": False,  # a dollar in a name is a dollar
            "axes.titlesize": size,
            "axes.titlepad": 4.0,
            "axes.labelsize": size * SMALL,
            "axes.labelcolor": INK,
            "axes.edgecolor": RULE,
            "axes.linewidth": 0.7,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": GRID,
            "grid.linewidth": 0.6,
            "xtick.labelsize": size * SMALL,
            "ytick.labelsize": size * SMALL,
            "xtick.color": RULE,
            "ytick.color": RULE,
            "xtick.labelcolor": INK,
            "ytick.labelcolor": INK,
            "legend.fontsize": size * SMALL,
            "legend.frameon": False,
            "lines.solid_capstyle": "round",
            "figure.facecolor": "white",
            "savefig.facecolor": "white",  # readable on a dark page
            "svg.hashsalt": "folklore",  # else each drawing would have random ids
            "svg.fonttype": "path",
            "pdf.fonttype": 3,  # subsetting TrueType fonts would take as long as the drawing
        }
    )


def new_figure(style: Style, height: float) -> Figure:
    """Return an empty figure of the full width, `height` inches high, with automatic layout."""
    figure = Figure(figsize=(style.width, height), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.06, h_pad=0.05, wspace=0.02, hspace=0.03)
    return figure


def new_canvas(style: Style, height: float) -> tuple[Figure, Axes]:
    """Return an empty figure with one bare axes, measured in inches from the upper left corner."""
    figure = Figure(figsize=(style.width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, style.width), ylim=(height, 0))
    axes.axis("off")
    return figure, axes


def footnote(figure: Figure, style: Style, *sentences: str) -> None:
    """Write seeds, band, smoothing and data below the figure."""
    text = footnote_text(style, *sentences)
    figure.supxlabel(text, x=0.08 / style.width, ha="left", fontsize=style.font_size * TINY, color=FAINT)


def footnote_text(style: Style, *sentences: str) -> str:
    letters = int(72 * (style.width - 0.2) / (_LETTER * style.font_size * TINY))
    return textwrap.fill(" · ".join(sentence for sentence in sentences if sentence), letters)


def footnote_height(style: Style, *sentences: str) -> float:
    """Return the height of the footnote of a canvas, in inches."""
    lines = footnote_text(style, *sentences).count("\n") + 1
    return (lines * _LINE * style.font_size * TINY) / 72 + 0.12


def empty(style: Style, reason: str, note: str) -> Figure:
    """Return a figure that states why it shows nothing."""
    figure, axes = new_canvas(style, 1.2)
    axes.text(style.width / 2, 0.5, reason, ha="center", va="center", color=FAINT, wrap=True)
    footnote(figure, style, note)
    return figure


def legend_columns(style: Style, labels: Iterable[str]) -> int:
    """Return the number of legend labels that fit in one row."""
    letters = max(len(label) for label in labels)
    wide = (letters * _LETTER + 4.5) * style.font_size * SMALL / 72
    return max(1, int((style.width - 0.2) / wide))


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of a text in inches, at a font size of `size` points."""
    font = FontProperties(family=FONT, weight=weight)
    return TextPath((0, 0), text, size=size, prop=font).get_extents().width / 72 if text.strip() else 0.0
