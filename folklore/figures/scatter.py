"""Draw one metric against another: one point per variant, with intervals in both directions."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

from folklore.analysis.intervals import mean_interval
from folklore.figures.colours import Look, family_of, looks, member_of, number_of
from folklore.figures.labels import placed
from folklore.figures.log_axis import set_log_scale
from folklore.figures.measures import Measure, MeasuredVariants, measure, measured, run_notes
from folklore.figures.rows import ABSENT, first_of
from folklore.figures.style import FAINT, PATCH, SMALL, empty, footnote, new_figure, width_of
from folklore.schema.config import Style
from folklore.schema.figures.metrics import Scatter
from folklore.wording.figures import band_words, seeds_words

_MORE_THAN = 10  # ratio of highest to lowest cost above which its axis is logarithmic
_HEIGHT = 4.3  # inches
_MOST = 60  # labels


@dataclass(frozen=True)
class _Point:
    name: str
    x: tuple[float, float, float]  # mean, low, high
    y: tuple[float, float, float]


def draw(table: Path, drawing: Scatter, style: Style, note: str) -> Figure:
    x, y = measure(drawing.x), measure(drawing.y)
    variants, omitted = first_of(measured(table, [x, y], drawing.variants), _MOST)
    points = _points(variants, x, y)
    if not points:
        return empty(style, "No run of these variants has both numbers." if variants else ABSENT, note)
    figure = new_figure(style, _HEIGHT)
    axes = figure.subplots()
    axes.set(xlabel=x.label, ylabel=y.label)
    if (x.is_cost("seconds") or x.is_cost("parameters")) and _spans(points):
        set_log_scale(axes, "x")
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    families = dict.fromkeys(family_of(point.name) for point in points)
    if len(families) > 1 and None not in families:
        _in_families(axes, points, list(families), style)
        figure.legend(loc="outside upper left", ncols=len(families))
    else:
        for name, look in looks([point.name for point in points], style.palette).items():
            _crosses(axes, [point for point in points if point.name == name], look)
    axes.margins(0.1)
    labels, key = _labels([point.name for point in points])
    _write_labels(axes, points, labels, style)
    seeds = [found.runs for found in variants.values()]
    lost = run_notes(variants, [x, y])
    footnote(figure, style, seeds_words(seeds), "point: mean", band_words(seeds, "bars"), key, *lost, omitted, note)
    return figure


def _points(variants: MeasuredVariants, x: Measure, y: Measure) -> list[_Point]:
    found = {name: (variant.numbers(x), variant.numbers(y)) for name, variant in variants.items()}
    return [
        _Point(name, mean_interval(across), mean_interval(up))
        for name, (across, up) in found.items()
        if across.size and up.size
    ]


def _spans(points: list[_Point]) -> bool:
    means = [point.x[0] for point in points]
    return min(means) > 0 and max(means) > _MORE_THAN * min(means)


def _labels(names: list[str]) -> tuple[dict[str, str], str]:
    """Return one label per name, and a footnote. If all names set one key, labels are its values."""
    members = {name: member_of(name) for name in names}
    keys = {member.rpartition("=")[0] for member in members.values()}
    if len(keys) > 1 or keys == {""} or all(family_of(name) is None for name in names):
        return members, ""
    return {name: member.rpartition("=")[2] for name, member in members.items()}, f"numbers: {keys.pop()}"


def _in_families(axes: Axes, points: list[_Point], families: list[str], style: Style) -> None:
    """Draw one line per family through its members, in the order of their numbers."""
    for family, look in looks(families, style.palette).items():
        members = [point for point in points if family_of(point.name) == family]
        members.sort(key=lambda point: number_of(member_of(point.name)))
        xs, ys = [point.x[0] for point in members], [point.y[0] for point in members]
        axes.plot(xs, ys, color=look.colour, linewidth=1.3, marker=look.marker, label=family)
        _crosses(axes, members, look)


def _crosses(axes: Axes, points: list[_Point], look: Look) -> None:
    xs, ys = (np.array([getattr(point, axis) for point in points]).T for axis in ("x", "y"))
    axes.errorbar(
        xs[0],
        ys[0],
        xerr=_reach(xs),
        yerr=_reach(ys),
        fmt=look.marker,
        color=look.colour,
        markersize=6,
        markeredgecolor="white",
        elinewidth=1.1,
        zorder=3,
    )


def _reach(interval: np.ndarray) -> np.ndarray:
    """Return the distances of an interval's ends from its mean; 0 for one seed."""
    mean, low, high = interval
    return np.nan_to_num(np.array([mean - low, high - mean]))


def _write_labels(axes: Axes, points: list[_Point], labels: dict[str, str], style: Style) -> None:
    """Write one label per point; a thin line leads from a label that is far from its point."""
    size, inch = style.font_size * SMALL, axes.figure.dpi / 72
    axes.figure.draw_without_rendering()  # sets the size of the axes
    corner, room = axes.bbox.p0 / inch, tuple(axes.bbox.size / inch)
    spots = [tuple(axes.transData.transform((point.x[0], point.y[0])) / inch - corner) for point in points]
    widths = [72 * width_of(labels[point.name], size) for point in points]
    for point, position in zip(points, placed(spots, widths, style.font_size, room), strict=True):
        place = {"textcoords": "offset points", "ha": position.side, "va": "center", "fontsize": size}
        line = {"arrowprops": {"arrowstyle": "-", "color": FAINT, "linewidth": 0.5}} if position.far else {}
        shift = (position.right, position.up)
        axes.annotate(labels[point.name], (point.x[0], point.y[0]), shift, **place, **line, **PATCH, zorder=4)
