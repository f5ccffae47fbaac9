"""Positions of point labels at which they cover neither one another nor the points."""

from itertools import product
from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points of print


class Position(NamedTuple):
    """Position of a label relative to its point: its alignment, and its shift to the right and up."""

    side: str
    right: float
    up: float

    @property
    def far(self) -> bool:
        """True where only a line shows which point the label belongs to."""
        return abs(self.up) > _NEAR


_NEAR = 20.0  # points
_GAP = 1.0  # points left and right of a label; more would meet the point itself
_BESIDE = [Position("left", 6, 0.0), Position("right", -6, 0.0)]
_CORNERS = [Position(side, shift, rise) for (side, shift), rise in product((("left", 5), ("right", -5)), (7.0, -7.0))]
_ABOVE_OR_BELOW = [Position("center", 0, 9.0), Position("center", 0, -9.0)]
_FARTHER = [
    Position(side, shift, times * rise) for times in (2.0, 3.5, 5.0) for side, shift, rise in _CORNERS + _ABOVE_OR_BELOW
]
_POSITIONS = _CORNERS + _BESIDE + _ABOVE_OR_BELOW + _FARTHER


def placed(
    points: list[tuple[float, float]], widths: list[float], height: float, room: tuple[float, float]
) -> list[Position]:
    """Return the position of each label: the first that is free and within the axes, else the first of all.

    `room` is the width and height of the axes, whose lower left corner is the origin of the points.
    """
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in points]
    chosen = []
    for (x, y), width in zip(points, widths, strict=True):
        boxes = {position: _box(x, y, width, height, position) for position in _POSITIONS}
        free = (
            one for one, box in boxes.items() if _within(box, room) and not any(meet(box, other) for other in taken)
        )
        chosen.append(next(free, _POSITIONS[0]))
        taken.append(boxes[chosen[-1]])
    return chosen


def _box(x: float, y: float, width: float, height: float, position: Position) -> Box:
    left = x + position.right - {"left": 0, "center": width / 2, "right": width}[position.side]
    return left - _GAP, y + position.up - height / 2, left + width + _GAP, y + position.up + height / 2


def _within(box: Box, room: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= room[0] and box[3] <= room[1]


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
