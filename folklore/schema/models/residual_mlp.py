"""ResidualMlp: the settings of a multi-layer perceptron with residual connections."""

from math import prod
from typing import Literal

from pydantic import PositiveInt

from folklore.schema.models.layer_cost import LayerCost, dense
from folklore.schema.models.mlp import ACTIVATION_WORDS, Activation, Mlp
from folklore.schema.models.model_settings import LayerWidths, ModelSettings


class ResidualMlp(ModelSettings):
    """Hidden layers of one width, each but the first with a residual connection."""

    name: Literal["residual_mlp"]
    width: PositiveInt = 16
    depth: PositiveInt = 6
    activation: Activation = "relu"
    batch_norm: bool = False

    phrase = (
        "Residual multi-layer perceptron on the flattened input: {depth} fully connected layers of {width} units, each "
        "followed by {batch_norm:batch normalisation, }{activation}, and from the second on by the addition of the "
        "layer’s input; then a linear layer to the logits."
    )
    words = ACTIVATION_WORDS

    @property
    def layers(self) -> LayerWidths:
        return Mlp(name="mlp", widths=(self.width,), depth=self.depth, batch_norm=self.batch_norm).layers

    def batch_statistics(self, shape: tuple[int, ...]) -> tuple[str, ...]:  # noqa: ARG002
        return tuple(layer for layer in self.layers if layer.startswith("bn"))

    def layer_costs(self, shape: tuple[int, ...], classes: int) -> list[LayerCost]:
        return dense(prod(shape), *[self.width] * self.depth, classes)
