"""Areas of a decision map: adjacent classes, fills that differ between neighbours, and positions for class names."""

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from scipy.ndimage import distance_transform_edt, label

_PALENESS = (0.5, 0.76, 0.28)  # three tints of the palette's colours, in order of use


@dataclass(frozen=True)
class Area:
    """The largest connected region of a class, and the point in it that is farthest from its edge."""

    kind: int
    row: int
    column: int
    radius: float  # cells to the edge


def areas(classes: np.ndarray) -> list[Area]:
    """Return the area of each class of [rows, columns], widest first."""
    found = [_area(classes, kind) for kind in np.unique(classes)]
    return sorted(found, key=lambda area: -area.radius)


def fills(maps: list[np.ndarray], palette: tuple[str, ...]) -> dict[int, str]:
    """Return one pale colour per class, different from the colours of all classes that it touches on any map.

    The class with most neighbours chooses first: a shade that touches it least, of a hue that touches it least, and
    among these one that is the least used.
    """
    touching = _touching(maps)
    shades = [_paler(colour, paleness) for paleness in _PALENESS for colour in palette]
    hues = np.arange(len(shades)) % len(palette)
    chosen: dict[int, int] = {}
    for kind in sorted(touching, key=lambda kind: (-len(touching[kind]), kind)):
        contact = np.zeros(len(shades))
        for neighbour, length in touching[kind].items():
            if neighbour in chosen:
                contact[chosen[neighbour]] += length
        by_hue = np.bincount(hues, contact)[hues]
        used = np.bincount(list(chosen.values()), minlength=len(shades))
        chosen[kind] = int(np.lexsort((used, by_hue, contact))[0])
    return {kind: shades[chosen[kind]] for kind in sorted(chosen)}


def _area(classes: np.ndarray, kind: int) -> Area:
    pieces, _ = label(classes == kind)
    largest = pieces == np.bincount(pieces.ravel())[1:].argmax() + 1
    inside = distance_transform_edt(np.pad(largest, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(inside.argmax(), inside.shape)
    return Area(int(kind), int(row), int(column), float(inside.max()))


def _touching(maps: list[np.ndarray]) -> dict[int, dict[int, int]]:
    """Return class → neighbour → length of their common border, in cells."""
    touching: dict[int, dict[int, int]] = {int(kind): {} for classes in maps for kind in np.unique(classes)}
    for classes in maps:
        for one, other in ((classes[:, 1:], classes[:, :-1]), (classes[1:], classes[:-1])):
            border = one != other
            for pair in zip(one[border].tolist(), other[border].tolist(), strict=True):
                for kind, neighbour in (pair, pair[::-1]):
                    touching[kind][neighbour] = touching[kind].get(neighbour, 0) + 1
    return touching


def _paler(colour: str, paleness: float) -> str:
    return to_hex([paleness + (1 - paleness) * part for part in to_rgb(colour)])
