"""ResidualCnn: the settings of the small convolutional network with residual connections."""

from typing import Literal

from folklore.schema.models.cnn import Cnn
from folklore.schema.models.layer_cost import LayerCost, convolution
from folklore.schema.models.model_settings import LayerWidths


class ResidualCnn(Cnn):
    """Adds a residual connection to each convolution: a 1×1 projection, because the number of channels changes."""

    name: Literal["residual_cnn"]

    phrase = (
        "Residual convolutional network: a block for each of the channel counts {channels}, which is a 3×3 convolution "
        "(stride 1, padding 1){batch_norm: followed by batch normalisation}, plus a 1×1 convolution of the same input "
        "(stride 1, without bias), their sum followed by ReLU and 2×2 max-pooling (stride 2); " + Cnn.head
    )

    @property
    def layers(self) -> LayerWidths:
        plain = super().layers
        return plain | {name.replace("conv", "skip"): plain[name] for name in plain if "conv" in name}

    def block_costs(self, inputs: int, outputs: int, pixels: int) -> list[LayerCost]:
        return [*super().block_costs(inputs, outputs, pixels), convolution(inputs, outputs, 1, pixels)]
