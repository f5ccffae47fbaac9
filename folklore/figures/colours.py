"""Colour, dash and marker of each variant."""

import re
from dataclasses import dataclass, replace
from itertools import groupby

import matplotlib
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

_DASHES = ("-", (0, (5, 1.6)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)), (0, (3, 1, 1, 1, 1, 1)))
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
_VERMILION = 5  # index of the first palette colour that differs from all of the ordered map
_NUMBERED = re.compile(r"(?P<key>[^=,]+)=(?P<value>[-+]?[\d.]+(?:e[-+]?\d+)?)")


@dataclass(frozen=True)
class Look:
    colour: str
    dash: str | tuple = "-"
    marker: str = "o"


def line_legend(figure: Figure, looks: dict[str, Look], labels: dict[str, str], columns: int) -> None:
    """Write a legend of lines above the figure: `labels` by name."""
    handles = [
        Line2D([], [], color=looks[name].colour, linestyle=looks[name].dash, linewidth=2, label=label)
        for name, label in labels.items()
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=columns, handlelength=2.6, columnspacing=1.4)


def looks(names: list[str], palette: tuple[str, ...]) -> dict[str, Look]:
    """Return one look per name: hues for families, an ordered colour map for sweeps of a number, else the palette."""
    families = {family: [n for n in names if family_of(n) == family] for family in dict.fromkeys(map(family_of, names))}
    if len(families) > 1 and None not in families:
        return _by_family(families, palette)
    sweep = _sweep(names)
    others = [name for name in names if name not in sweep]
    if not sweep:
        return {name: _from_palette(number, palette) for number, name in enumerate(names)}
    warm_first = palette[_VERMILION:] + palette[:_VERMILION]
    found = _in_order(sweep) | {name: _from_palette(number, warm_first, turns=1) for number, name in enumerate(others)}
    return {name: found[name] for name in names}


def looks_of_names(names: list[str], palette: tuple[str, ...]) -> dict[str, Look]:
    """Colour numbered layers from dark at the input to light at the output, and other names as variants."""
    numbered = [name for name in names if any(letter.isdigit() for letter in name)]
    if len(numbered) > max(1, len(names) / 2):
        return _in_order({name: place for place, name in enumerate(names)})
    return looks(names, palette)


def seen_through(looks: dict[str, Look]) -> dict[str, Look]:
    """Give each line a dash of its own, so that coinciding lines are visible; unchanged if there are many."""
    if len(looks) > len(_DASHES):
        return looks
    return {name: replace(look, dash=dash) for (name, look), dash in zip(looks.items(), _DASHES, strict=False)}


def family_of(name: str) -> str | None:
    """Return `cnn` of `cnn,train=1000`."""
    return name.rpartition(",")[0] or None


def member_of(name: str) -> str:
    """Return `train=1000` of `cnn,train=1000`."""
    return name.rpartition(",")[2]


def number_of(name: str) -> float:
    """Return 1000 of `train=1000`, and 0 for a name without a number."""
    match = _NUMBERED.fullmatch(name)
    return float(match["value"]) if match else 0.0


def _from_palette(number: int, palette: tuple[str, ...], turns: int = 0) -> Look:
    """Return the palette's colour; after its last colour the palette repeats with another dash."""
    turn, place = divmod(number, len(palette))
    return Look(palette[place], _DASHES[(turn + turns) % len(_DASHES)], _MARKERS[place % len(_MARKERS)])


def _by_family(families: dict[str, list[str]], palette: tuple[str, ...]) -> dict[str, Look]:
    """Return one hue per family, and within it one shade and one dash per member."""
    looks = {}
    for number, members in enumerate(families.values()):
        hue, marker = palette[number % len(palette)], _MARKERS[number % len(_MARKERS)]
        for place, name in enumerate(members):
            share = place / max(1, len(members) - 1)
            looks[name] = Look(_shade(hue, share), _DASHES[place % len(_DASHES)], marker)
    return looks


def _shade(hue: str, share: float) -> str:
    """Return the hue, darkened for a share of 0 and lightened for a share of 1."""
    target, weight = ((0, 0, 0), 0.35 * (1 - 2 * share)) if share < 0.5 else ((1, 1, 1), 0.45 * (2 * share - 1))
    return to_hex([(1 - weight) * part + weight * end for part, end in zip(to_rgb(hue), target, strict=True)])


def _sweep(names: list[str]) -> dict[str, float]:
    """Return the numbers of the most common key by name, if more than half of all names have it."""
    found = {name: match for name in names if (match := _NUMBERED.fullmatch(name))}
    keyed = sorted((match["key"], name) for name, match in found.items())
    groups = [[name for _, name in group] for _, group in groupby(keyed, key=lambda pair: pair[0])]
    largest = max(groups, key=len, default=[])
    return {name: float(found[name]["value"]) for name in largest} if len(largest) > max(1, len(names) / 2) else {}


def _in_order(sweep: dict[str, float]) -> dict[str, Look]:
    ordered, colours = sorted(sweep, key=sweep.get), matplotlib.colormaps["viridis"]
    turns = 2 if len(ordered) > len(_MARKERS) else 1
    looks = {}
    for place, name in enumerate(ordered):
        colour = to_hex(colours(0.88 * place / (len(ordered) - 1)))  # stop before yellow: too little contrast on white
        looks[name] = Look(colour, _DASHES[place % turns], _MARKERS[place % len(_MARKERS)])
    return looks
