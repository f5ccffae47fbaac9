"""Settings of figures of arrays that probes save."""

from typing import Literal

from folklore.schema.figures.figure_settings import FigureSettings


class DecisionMap(FigureSettings):
    """Class that the first seed's network predicts at each location of the plane, with the test points."""

    reads = ("runs.csv",)
    shows = "decision_map"
    kind: Literal["decision_map"]
    variants: tuple[str, ...]


class Misclassified(FigureSettings):
    """Misclassified test images of the first seed's network with predicted and true class."""

    reads = ("runs.csv",)
    shows = "misclassified"
    kind: Literal["misclassified"]
    variants: tuple[str, ...]
