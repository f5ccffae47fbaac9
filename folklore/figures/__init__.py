"""Figures: one module per kind, with the name of the kind; its function `draw` returns a matplotlib Figure.

`draw(table, drawing, style, note)` takes one table of the study. A kind with `shows` (folklore/schema/figures) takes in
place of the table one file of probe arrays per variant, in the order of the drawing.
"""

import os

os.environ["MPLBACKEND"] = "agg"  # matplotlib reads it when it is imported, and a notebook sets one of its own


def drawer(kind: str) -> str:
    return f"folklore.figures.{kind}:draw"
