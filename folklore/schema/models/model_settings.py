"""ModelSettings: the base of every model's settings, with the properties that planning and the report read."""

from math import prod
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
    def layers(self) -> LayerWidths:
        """The layers with parameters, named as in the network; empty for models that are not networks."""
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

    def fit_macs(self, rows: int, shape: tuple[int, ...], classes: int) -> float:
        """Return a coarse estimate of the multiply-adds of one fit; for models not trained by gradient descent."""
        raise NotImplementedError
