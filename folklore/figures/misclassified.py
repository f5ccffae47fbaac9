"""Draw misclassified test images of the first seed's network with predicted and true class."""

import textwrap
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from folklore.figures.probe_arrays import Picture, read_pictures
from folklore.figures.rows import ABSENT
from folklore.figures.style import FAINT, TINY, empty, footnote, footnote_height, new_canvas
from folklore.schema.config import Style
from folklore.schema.figures.probe_arrays import Misclassified

_SHOWN = 10
_EDGE, _GAP = 0.1, 0.08  # inches, at the sides and between thumbnails
_HEADING, _WORDS, _EMPTY = 0.28, 0.64, 0.3  # inches: above and below thumbnails, and of a row without any
_LETTERS = 13  # per line under a thumbnail
_SMALLER = 0.85  # share of the smallest font size
_ABOUT = (
    "one seed, the first of the study",
    "spread evenly over the test images that it gets wrong: predicted class (true class), confidence in the prediction",
)


def draw(pictures: list[Path], drawing: Misclassified, style: Style, note: str) -> Figure:
    variants = read_pictures(pictures, drawing.variants)
    if not variants:
        return empty(style, ABSENT, note)
    size = (style.width - 2 * _EDGE - (_SHOWN - 1) * _GAP) / _SHOWN
    heights = [_HEADING + (size + _WORDS if _reason(picture) is None else _EMPTY) for picture in variants.values()]
    figure, axes = new_canvas(style, sum(heights) + footnote_height(style, *_ABOUT, note))
    for number, (name, picture) in enumerate(variants.items()):
        top = sum(heights[:number])
        axes.text(_EDGE, top + _HEADING / 2, name, fontweight="bold", va="center_baseline")
        _draw_row(axes, top + _HEADING, size, picture, style)
    footnote(figure, style, *_ABOUT, note)
    return figure


def _reason(picture: Picture) -> str | None:
    """Return the reason why a variant has no thumbnail."""
    if not picture:
        return "The run diverged, so there is nothing to ask it."
    return None if len(picture["rows"]) else "No test image is classified wrongly."


def _draw_row(axes: Axes, top: float, size: float, picture: Picture, style: Style) -> None:
    if reason := _reason(picture):
        axes.text(_EDGE, top + _EMPTY / 3, reason, color=FAINT, va="center_baseline")
        return
    names, letters = picture["class_names"], _SMALLER * TINY * style.font_size
    columns = (picture[key][:_SHOWN] for key in ("images", "predicted", "labels", "confidence"))
    for place, (image, predicted, label, confidence) in enumerate(zip(*columns, strict=True)):
        left = _EDGE + place * (size + _GAP)
        extent = (left, left + size, top + size, top)
        axes.imshow(image.transpose(1, 2, 0), cmap="gray", vmin=0, vmax=255, extent=extent, aspect="auto")
        said = (str(names[predicted]), f"({names[label]})", f"{100 * confidence:.0f} %")
        words = "\n".join(textwrap.fill(part, _LETTERS, break_on_hyphens=False) for part in said)
        axes.text(left + size / 2, top + size + 0.05, words, fontsize=letters, ha="center", va="top", linespacing=1.1)
