"""Figures: the settings of each kind by its name.

A new kind is a class here or in a file of its own, a module of the kind's name in folklore/figures, and a line below.
"""

from pkgutil import resolve_name
from typing import Annotated, Union

from pydantic import Field

from folklore.schema.figures.figure_settings import FigureSettings

FORMATS = ("svg", "pdf", "png")  # for the page, for LaTeX, for slides

_CLASSES = {
    "curves": "folklore.schema.figures.curves:Curves",
    "comparison": "folklore.schema.figures.curves:Comparison",
    "single_runs": "folklore.schema.figures.curves:SingleRuns",
    "snapshots": "folklore.schema.figures.records:SnapshotFigure",
    "series": "folklore.schema.figures.records:SeriesFigure",
    "histograms": "folklore.schema.figures.records:Histograms",
    "table": "folklore.schema.figures.metrics:Table",
    "pairs": "folklore.schema.figures.metrics:Pairs",
    "strip_plot": "folklore.schema.figures.metrics:StripPlot",
    "scatter": "folklore.schema.figures.metrics:Scatter",
    "schedules": "folklore.schema.figures.facts:Schedules",
    "class_distribution": "folklore.schema.figures.facts:ClassDistribution",
    "architecture": "folklore.schema.figures.facts:Architecture",
    "decision_map": "folklore.schema.figures.probe_arrays:DecisionMap",
    "misclassified": "folklore.schema.figures.probe_arrays:Misclassified",
}

FIGURES: dict[str, type[FigureSettings]] = {kind: resolve_name(target) for kind, target in _CLASSES.items()}

FigureSpec = Annotated[Union[tuple(FIGURES.values())], Field(discriminator="kind")]  # noqa: UP007
