"""ModelSettings: the base of every model's settings, with the properties that planning and the report read."""

from math import prod
from pathlib import Path
from typing import ClassVar, Literal

from folklore.schema.models.layer_cost import LayerCost, dense
from folklore.schema.phrased import Phrased

# Layer with parameters → the widths that determine its shape, apart from the input's shape and the number of classes.
LayerWidths = dict[str, tuple[int, ...]]

InputKind = Literal["image", "table"]


class ModelSettings(Phrased):
    learner: ClassVar[str] = "gradient_descent"  # a name in folklore/schema/learners.py
    inputs: ClassVar[tuple[InputKind, ...]] = ("image", "table")
    suits_gpu: ClassVar[bool] = False  # convolutions do; small dense networks, trees and regressions are slower there

    @property
    def layers(self) -> LayerWidths | None:
        """The layers with parameters, named as in the network; empty if the model is no network, None if unknown."""
        return {}

    @property
    def initial_weights(self) -> str:
        """Return the distribution of the initial weights, as a sentence for the report."""
        return (
            "PyTorch’s default: the weights of a convolution or fully connected layer are Kaiming-uniform with a = √5, "
            "which is uniform on ±1/√(fan-in), its biases uniform on the same range; batch normalisation starts at "
            "scale 1, shift 0."
        )

    def layer_costs(self, shape: tuple[int, ...], classes: int) -> list[LayerCost]:
        """Return a coarse estimate; by default each layer is fully connected to the one declared before it."""
        hidden = [widths[-1] for widths in list(self.layers.values())[:-1] if widths]
        return dense(prod(shape), *hidden, classes)

    @property
    def files(self) -> tuple[Path, ...]:
        """The user's files that the builder runs."""
        return ()

    def size_error(self, shape: tuple[int, ...]) -> str | None:  # noqa: ARG002
        """Return an error message if inputs of that shape are too small."""
        return None

    def batch_statistics(self, shape: tuple[int, ...]) -> tuple[str, ...]:  # noqa: ARG002
        """Return the layers that normalise each value over the mini-batch alone, and so need two examples."""
        return ()

    def code_error(self) -> str | None:
        """Return an error message if the code that the settings name cannot build this model."""
        return None

    def fit_macs(self, rows: int, shape: tuple[int, ...], classes: int) -> float:
        """Return a coarse estimate of the multiply-adds of one fit; for models not trained by gradient descent."""
        raise NotImplementedError
