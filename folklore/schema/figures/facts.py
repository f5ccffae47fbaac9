"""Settings of figures of facts, which need no training."""

from typing import Literal

from folklore.schema.figures.figure_settings import FigureSettings
from folklore.schema.strict_model import NonEmpty


class Schedules(FigureSettings):
    """Learning rate by epoch over the published budget, one panel per variant."""

    reads = ("facts.json",)
    kind: Literal["schedules"]
    variants: NonEmpty[str] | None = None


class ClassDistribution(FigureSettings):
    """Examples per class in the training, validation and test set."""

    reads = ("facts.json",)
    kind: Literal["class_distribution"]
    variant: str


class Architecture(FigureSettings):
    """Layers of a variant's network with output shapes, parameters and multiply-adds."""

    reads = ("facts.json",)
    kind: Literal["architecture"]
    variant: str
