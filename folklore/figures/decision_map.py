"""Draw the class that the first seed's network predicts at each location of the plane, with the test points."""

import textwrap
from math import ceil, cos, radians
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from folklore.figures.areas import Area, areas, fills
from folklore.figures.labels import meet
from folklore.figures.probe_arrays import Picture, read_pictures
from folklore.figures.rows import ABSENT
from folklore.figures.style import FAINT, INK, SMALL, empty, footnote, footnote_height, new_figure, width_of
from folklore.schema.config import Style
from folklore.schema.figures.probe_arrays import DecisionMap
from folklore.wording.figures import count_words

_SIDE_BY_SIDE = 2
_BESIDE = 0.65  # inches next to a map for the numbers of its axis
_NAME = 0.62  # size of a class name, as a share of the font size
_BROAD = 3.4  # greatest width of a class name, in radii of its area
_RIGHT = {"marker": "o", "markersize": 0.9, "color": FAINT, "alpha": 0.55, "linestyle": "", "markeredgewidth": 0}
_WRONG = {"marker": "o", "markersize": 2.8, "markeredgecolor": INK, "markeredgewidth": 0.35, "linestyle": ""}
_APART = 0.02  # inches around a name
_DARKER = 0.8
_HALO = {"path_effects": [withStroke(linewidth=1.6, foreground="white", alpha=0.85)]}


def draw(pictures: list[Path], drawing: DecisionMap, style: Style, note: str) -> Figure:
    maps = read_pictures(pictures, drawing.variants)
    if not maps:
        return empty(style, ABSENT, note)
    drawn = [picture for picture in maps.values() if picture]
    colours = fills([picture["classes"] for picture in drawn], style.palette)
    across = min(_SIDE_BY_SIDE, len(maps))
    width = style.width / across - _BESIDE
    down = ceil(len(maps) / across)
    highest = max((width * _proportion(picture) for picture in drawn), default=1.0)
    about = [*_about(drawn), note]
    figure = new_figure(style, down * (highest + 0.6) + 0.5 + footnote_height(style, *about))
    panels = figure.subplots(down, across, squeeze=False)
    for axes, (name, picture) in zip(panels.flat, maps.items(), strict=False):
        axes.set_title(name, loc="left", fontweight="bold")
        if picture:
            share = f"{100 * _wrong(picture).mean():.0f} % of test points misclassified"
            axes.set_title(share, loc="right", color=FAINT, fontsize=style.font_size * SMALL)
            _draw_map(axes, picture, colours)
            _draw_points(axes, picture, colours)
            _name_areas(axes, picture, width, style)
        else:
            _say_nothing(axes)
    for axes in panels.flat[len(maps) :]:
        axes.set_visible(False)
    _legend(figure, style)
    footnote(figure, style, *about)
    return figure


def _proportion(picture: Picture) -> float:
    """Return the height of a map over its width, with degrees of equal length at its centre."""
    return float(np.ptp(picture["y"]) / np.ptp(picture["x"]) / _shortening(picture))


def _shortening(picture: Picture) -> float:
    """Return the length of a degree of longitude over that of a degree of latitude."""
    return cos(radians(float(picture["y"].mean())))


def _draw_map(axes: Axes, picture: Picture, colours: dict[int, str]) -> None:
    x, y, classes = picture["x"], picture["y"], picture["classes"].astype(int)
    numbers = {kind: number for number, kind in enumerate(colours)}
    tints = np.vectorize(numbers.get)(classes)
    half = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
    extent = (x[0] - half[0], x[-1] + half[0], y[0] - half[1], y[-1] + half[1])
    look = {"cmap": ListedColormap(list(colours.values())), "vmin": -0.5, "vmax": len(colours) - 0.5}
    axes.imshow(tints, origin="lower", extent=extent, interpolation="nearest", aspect=1 / _shortening(picture), **look)
    kinds = np.unique(classes)
    for kind in kinds[: len(kinds) if len(kinds) > 1 else 0]:
        axes.contour(x, y, classes == kind, levels=[0.5], colors=INK, linewidths=0.4)
    axes.set(xlabel="longitude (°)", ylabel="latitude (°)", xlim=extent[:2], ylim=extent[2:])
    axes.grid(visible=False)


def _draw_points(axes: Axes, picture: Picture, colours: dict[int, str]) -> None:
    """Draw the test points, misclassified ones in the colour of their true class."""
    points, labels, wrong = picture["test_inputs"], picture["test_labels"].astype(int), _wrong(picture)
    axes.plot(*points[~wrong].T, **_RIGHT)
    for kind in np.unique(labels[wrong]):
        colour = _stronger(colours[kind]) if kind in colours else "white"
        axes.plot(*points[wrong & (labels == kind)].T, color=colour, **_WRONG)


def _wrong(picture: Picture) -> np.ndarray:
    """Return which test points differ in class from the nearest grid point of the map."""
    columns, rows = (
        np.abs(axis[None, :] - points[:, None]).argmin(axis=1)
        for axis, points in zip((picture["x"], picture["y"]), picture["test_inputs"].T, strict=True)
    )
    return picture["classes"][rows, columns] != picture["test_labels"]


def _stronger(colour: str) -> str:
    """Return the hue with high saturation, so that the colour of a small point is visible."""
    hue, saturation, value = matplotlib.colors.rgb_to_hsv(to_rgb(colour))
    return to_hex(matplotlib.colors.hsv_to_rgb((hue, min(1.0, 2.2 * saturation), _DARKER * value)))


def _name_areas(axes: Axes, picture: Picture, width: float, style: Style) -> None:
    """Write the names, widest area first, that fit into their area and overlap no other name."""
    x, y, names = picture["x"], picture["y"], picture["class_names"]
    cell, size, taken = width / len(x), _NAME * style.font_size, []
    for area in areas(picture["classes"]):
        words = textwrap.fill(str(names[area.kind]), 12)
        box = _box(area, words, cell, size)
        if box[2] - box[0] <= _BROAD * area.radius * cell and not any(meet(box, other) for other in taken):
            taken.append(box)
            place = (x[area.column], y[area.row])
            axes.text(*place, words, fontsize=size, ha="center", va="center", linespacing=0.95, zorder=4, **_HALO)


def _box(area: Area, words: str, cell: float, size: float) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a name, in inches; cells are about square."""
    lines = words.split("\n")
    wide, tall = max(width_of(line, size) for line in lines) / 2, len(lines) * size / 72 / 2
    middle, level = area.column * cell, area.row * cell
    return middle - wide - _APART, level - tall - _APART, middle + wide + _APART, level + tall + _APART


def _say_nothing(axes: Axes) -> None:
    axes.text(0.5, 0.5, "no map: the run diverged", transform=axes.transAxes, ha="center", color=FAINT)
    axes.set(xticks=[], yticks=[])


def _legend(figure: Figure, style: Style) -> None:
    handles = [
        Line2D([], [], label="correctly classified test point", **_RIGHT | {"markersize": 2.5}),
        Line2D([], [], label="misclassified, in the colour of its true class", color=style.palette[0], **_WRONG),
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=2, fontsize=style.font_size * SMALL)


def _about(drawn: list[Picture]) -> list[str]:
    if not drawn:
        return []
    points = max(len(picture["test_labels"]) for picture in drawn)
    return [
        "one seed, the first of the study",
        "adjacent classes differ in colour, others may share one",
        f"{count_words(points, 'test point')}, misclassified if the nearest grid point has another class",
        "class names where they fit",
    ]
