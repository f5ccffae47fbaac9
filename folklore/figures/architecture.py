"""Draw the layers of a model with output shapes, parameters and multiply-adds, as counted on the built network."""

from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from folklore.figures.rows import ABSENT, read_facts
from folklore.figures.style import FAINT, INK, RULE, SMALL, empty, footnote, footnote_height, new_canvas
from folklore.schema.config import Style
from folklore.schema.figures.facts import Architecture

_STEP, _BOX = 0.36, 0.27  # inches: distance of two boxes, and height of one
_TOP = 0.42
INPUT = "input"  # name of the network's input in the rows of layers
# Right edges of the columns, as shares of the width.
_BOXES, _OUTPUT, _PARAMETERS, _MACS = 0.42, 0.56, 0.77, 0.985
_BOW = 0.09  # inches; distance of an arrow to a joining layer from the boxes that it passes
_NUMBER = 0.1  # inches from a bar to its number, per point of the font size
_HUES = {"conv": 0, "linear": 1, "fc": 1, "output": 1, "pool": 2, "norm": 3, "bn": 3, "dropout": 4}


def draw(table: Path, drawing: Architecture, style: Style, note: str) -> Figure:
    facts = read_facts(table, (drawing.variant,))
    if not facts:
        return empty(style, ABSENT, note)
    fact = facts[drawing.variant]
    layers = fact["layers"]
    if not layers:
        return empty(style, f"{drawing.variant} is no network of layers.", note)
    about = ("multiply-adds of one example, convolutions and matrix products", "bars: share of the column", note)
    height = _TOP + _STEP * (len(layers) + 1) + 0.4
    figure, axes = new_canvas(style, height + footnote_height(style, *about))
    _headings(axes, style)
    _input(axes, style, fact["dataset"])
    totals = {column: sum(layer[column] or 0 for layer in layers) for column in ("parameters", "macs")}
    tops = {INPUT: _TOP} | {layer["layer"]: _TOP + _STEP * number for number, layer in enumerate(layers, start=1)}
    for layer in layers:
        _layer(axes, style, tops[layer["layer"]], layer, totals)
        for before in layer["after"]:
            _arrow(axes, style, tops[before], tops[layer["layer"]], bow=_BOW * len(layer["after"]))
    _total(axes, style, _TOP + _STEP * (len(layers) + 1), totals)
    footnote(figure, style, *about)
    return figure


def _headings(axes: Axes, style: Style) -> None:
    headings = {"output": _OUTPUT, "parameters": _PARAMETERS, "multiply-adds": _MACS}
    axes.text(0.12, 0.17, "layer", fontweight="bold", va="center")
    for heading, share in headings.items():
        axes.text(share * style.width, 0.17, heading, fontweight="bold", va="center", ha="right")
    axes.plot([0.1, style.width - 0.1], [0.31] * 2, color=INK, linewidth=1)


def _input(axes: Axes, style: Style, dataset: dict[str, Any]) -> None:
    shape = "×".join(str(size) for size in dataset["shape"])
    _box(axes, style, _TOP, f"input: {dataset['name']}", "", "white")
    axes.text(_OUTPUT * style.width, _TOP + _BOX / 2, shape, va="center", ha="right")


def _layer(axes: Axes, style: Style, top: float, layer: dict[str, Any], totals: dict[str, int]) -> None:
    kind = layer.get("kind")
    what = " · ".join(word for word in (kind, layer["activation"]) if word and word != layer["layer"])
    _box(axes, style, top, layer["layer"], what, _tint(layer, style))
    axes.text(_OUTPUT * style.width, top + _BOX / 2, layer["output"], va="center", ha="right")
    for column, left, right in (("parameters", _OUTPUT, _PARAMETERS), ("macs", _PARAMETERS, _MACS)):
        _count(axes, style, top, layer[column] or 0, totals[column] or 1, (left, right), _tint(layer, style))


def _arrow(axes: Axes, style: Style, before: float, top: float, bow: float) -> None:
    """Draw a straight arrow to the next layer, or one that passes the layers between, `bow` inches to their right."""
    middle, edge = _BOXES * style.width / 2, _BOXES * style.width
    look = {"arrowstyle": "-|>", "color": FAINT, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
    if top - before < 1.5 * _STEP:
        axes.annotate("", (middle, top), (middle, before + _BOX), arrowprops=look)
        return
    start, end = before + 0.7 * _BOX, top + 0.3 * _BOX
    axes.plot([edge, edge + bow, edge + bow], [start, start, end], color=FAINT, linewidth=0.8)
    axes.annotate("", (edge, end), (edge + bow, end), arrowprops=look)


def _count(
    axes: Axes, style: Style, top: float, count: int, total: int, edges: tuple[float, float], tint: tuple
) -> None:
    """Write a number at the right of its column, and draw a bar for its share of the total at the left."""
    left, right = (edge * style.width for edge in edges)
    longest = right - left - _NUMBER * style.font_size
    if count:
        box = ((left + 0.15, top + _BOX / 4), longest * count / total, _BOX / 2)
        axes.add_patch(Rectangle(*box, facecolor=tint, edgecolor=FAINT, linewidth=0.4))
    axes.text(right, top + _BOX / 2, f"{count:,}" if count else "–", va="center", ha="right")


def _box(axes: Axes, style: Style, top: float, name: str, what: str, tint: Any) -> None:
    left, right = 0.12, _BOXES * style.width
    frame = {"boxstyle": "round,pad=0,rounding_size=0.05", "facecolor": tint, "edgecolor": RULE, "linewidth": 0.8}
    axes.add_patch(FancyBboxPatch((left, top), right - left, _BOX, **frame))
    axes.text(left + 0.08, top + _BOX / 2, name, va="center", fontweight="bold")
    axes.text(right - 0.08, top + _BOX / 2, what, va="center", ha="right", fontsize=style.font_size * SMALL)


def _total(axes: Axes, style: Style, top: float, totals: dict[str, int]) -> None:
    axes.plot([0.1, style.width - 0.1], [top + 0.02] * 2, color=INK, linewidth=1)
    axes.text(0.12, top + 0.18, "total", va="center", fontweight="bold")
    for column, share in (("parameters", _PARAMETERS), ("macs", _MACS)):
        place = (share * style.width, top + 0.18)
        axes.text(*place, f"{totals[column]:,}", va="center", ha="right", fontweight="bold")


def _tint(layer: dict[str, Any], style: Style) -> tuple[float, float, float]:
    """Return one pale hue per kind of layer, or per name if the kind is unknown."""
    words = f"{layer.get('kind', '')} {layer['layer']}".lower()
    hue = next((place for word, place in _HUES.items() if word in words), None)
    if hue is None:
        return to_rgb("#f2f2f2")
    return tuple(0.72 + 0.28 * part for part in to_rgb(style.palette[hue % len(style.palette)]))
