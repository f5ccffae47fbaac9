"""Row: one line of the printed table."""

from dataclasses import astuple, dataclass

import numpy as np

HEAD = ("measured", "ratio (processor)", "turns", "from")


@dataclass(frozen=True)
class Row:
    what: str
    ratio: str
    turns: int
    figures: str  # the absolute figures that the ratio stands on


def compared(what: str, slow: np.ndarray, fast: np.ndarray, figures: str) -> Row:
    """Of [turns, 2] seconds: the median ratio on the wall and, less disturbed by other programs, of the processor."""
    wall, processor = np.median(slow / fast, axis=0)
    return Row(what, f"{wall:.2f}× ({processor:.2f}×)", len(slow), figures)


def seconds(times: np.ndarray) -> str:
    """Median over turns, on the wall."""
    return f"{np.median(times, axis=0)[0]:.2f} s"


def table(rows: list[Row]) -> str:
    lines = [HEAD, *(tuple(map(str, astuple(row))) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    cells = ([f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in cells)
