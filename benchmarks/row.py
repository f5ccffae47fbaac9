"""Row: one line of the printed table."""

from dataclasses import astuple, dataclass

import numpy as np

HEAD = ("measured", "ratio (CPU time)", "turns", "from")


@dataclass(frozen=True)
class Row:
    what: str
    ratio: str
    turns: int
    figures: str  # the absolute numbers behind the ratio


def compared(what: str, slow: np.ndarray, fast: np.ndarray, figures: str) -> Row:
    """Compare [turns, 2] seconds by the median ratios of wall time and, less disturbed by other programs, CPU time."""
    wall, processor = np.median(slow / fast, axis=0)
    return Row(what, f"{wall:.2f}× ({processor:.2f}×)", len(slow), figures)


def seconds(times: np.ndarray) -> str:
    """Return the median wall time over turns."""
    return f"{np.median(times, axis=0)[0]:.2f} s"


def table(rows: list[Row]) -> str:
    lines = [HEAD, *(tuple(map(str, astuple(row))) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    cells = ([f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in cells)
