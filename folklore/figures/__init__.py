"""FIGURES: kind → `draw(table, drawing, style, note)`, which returns a matplotlib Figure drawn from one table.

A kind with `shows` (folklore/schema/figure.py) takes in place of the table one file of probe arrays per variant, in the
order of the drawing.
"""

import os

os.environ["MPLBACKEND"] = "agg"  # matplotlib reads it when it is imported, and a notebook sets one of its own

FIGURES = {
    "curves": "folklore.figures.curves:draw",
    "comparison": "folklore.figures.comparison:draw",
    "single_runs": "folklore.figures.single_runs:draw",
    "snapshots": "folklore.figures.snapshots:draw",
    "series": "folklore.figures.series:draw",
    "histograms": "folklore.figures.histograms:draw",
    "table": "folklore.figures.table:draw",
    "pairs": "folklore.figures.pairs:draw",
    "strip_plot": "folklore.figures.strip_plot:draw",
    "schedules": "folklore.figures.schedules:draw",
    "class_distribution": "folklore.figures.class_distribution:draw",
    "architecture": "folklore.figures.architecture:draw",
    "scatter": "folklore.figures.scatter:draw",
    "decision_map": "folklore.figures.decision_map:draw",
    "misclassified": "folklore.figures.misclassified:draw",
}
