"""Where the label of each point stands so that labels cover neither one another nor the points."""

from itertools import product

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points of print

_SIDES = [("left", 6, 0.0), ("right", -6, 0.0), ("center", 0, 9.0), ("center", 0, -9.0)]
_CORNERS = [(side, shift, rise) for (side, shift), rise in product((("left", 5), ("right", -5)), (7.0, -7.0))]
_FARTHER = [(side, shift, 2.0 * rise) for side, shift, rise in _CORNERS + _SIDES[2:]]


def placed(points: list[tuple[float, float]], widths: list[float], height: float) -> list[tuple[str, float, float]]:
    """(alignment, shift to the right, shift up) of each label: the first place that is free, or else the first."""
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in points]
    chosen = []
    for (x, y), width in zip(points, widths, strict=True):
        options = _CORNERS + _SIDES + _FARTHER
        boxes = [_box(x, y, width, height, option) for option in options]
        free = next((number for number, box in enumerate(boxes) if not any(meet(box, other) for other in taken)), 0)
        taken.append(boxes[free])
        chosen.append(options[free])
    return chosen


def _box(x: float, y: float, width: float, height: float, option: tuple[str, float, float]) -> Box:
    side, shift, rise = option
    left = x + shift - {"left": 0, "center": width / 2, "right": width}[side]
    return left, y + rise - height / 2, left + width, y + rise + height / 2


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
