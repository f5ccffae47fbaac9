"""Which colour, dash and marker each variant gets, so that its name can be read off its line."""

import re
from dataclasses import dataclass, replace
from itertools import groupby

import matplotlib
from matplotlib.colors import to_hex, to_rgb

_DASHES = ("-", (0, (5, 1.6)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)), (0, (3, 1, 1, 1, 1, 1)))
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
_VERMILION = 5  # from here on the palette stands out from the ordered map
_NUMBERED = re.compile(r"(?P<key>[^=,]+)=(?P<value>[-+]?[\d.]+(?:e[-+]?\d+)?)")


@dataclass(frozen=True)
class Look:
    colour: str
    dash: str | tuple = "-"
    marker: str = "o"


def looks(names: list[str], palette: tuple[str, ...]) -> dict[str, Look]:
    """Families by hue, sweeps of a number by an ordered map from dark to light, everything else by the palette."""
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
    """Layers that are told by number from dark at the input to light at the output; others as variants."""
    numbered = [name for name in names if any(letter.isdigit() for letter in name)]
    if len(numbered) > max(1, len(names) / 2):
        return _in_order({name: place for place, name in enumerate(names)})
    return looks(names, palette)


def seen_through(looks: dict[str, Look]) -> dict[str, Look]:
    """A dash for each, so that lines which coincide are seen through one another; as they are where they are many."""
    if len(looks) > len(_DASHES):
        return looks
    return {name: replace(look, dash=dash) for (name, look), dash in zip(looks.items(), _DASHES, strict=False)}


def family_of(name: str) -> str | None:
    """`cnn` of `cnn,train=1000`."""
    return name.rpartition(",")[0] or None


def member_of(name: str) -> str:
    """`train=1000` of `cnn,train=1000`."""
    return name.rpartition(",")[2]


def number_of(name: str) -> float:
    """1000 of `train=1000`; names without a number keep their order."""
    match = _NUMBERED.fullmatch(name)
    return float(match["value"]) if match else 0.0


def _from_palette(number: int, palette: tuple[str, ...], turns: int = 0) -> Look:
    """Once the palette is used up, it comes again with another dash."""
    turn, place = divmod(number, len(palette))
    return Look(palette[place], _DASHES[(turn + turns) % len(_DASHES)], _MARKERS[place % len(_MARKERS)])


def _by_family(families: dict[str, list[str]], palette: tuple[str, ...]) -> dict[str, Look]:
    """A hue a family; within it, shades and dashes in step, so that neither alone has to be told apart."""
    looks = {}
    for number, members in enumerate(families.values()):
        hue, marker = palette[number % len(palette)], _MARKERS[number % len(_MARKERS)]
        for place, name in enumerate(members):
            share = place / max(1, len(members) - 1)
            looks[name] = Look(_shade(hue, share), _DASHES[place % len(_DASHES)], marker)
    return looks


def _shade(hue: str, share: float) -> str:
    """From the hue darkened to the hue lightened."""
    target, weight = ((0, 0, 0), 0.35 * (1 - 2 * share)) if share < 0.5 else ((1, 1, 1), 0.45 * (2 * share - 1))
    return to_hex([(1 - weight) * part + weight * end for part, end in zip(to_rgb(hue), target, strict=True)])


def _sweep(names: list[str]) -> dict[str, float]:
    """The names that give the commonest key a number, if they are more than half of all."""
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
        colour = to_hex(colours(0.88 * place / (len(ordered) - 1)))  # beyond lies yellow, which white swallows
        looks[name] = Look(colour, _DASHES[place % turns], _MARKERS[place % len(_MARKERS)])
    return looks
