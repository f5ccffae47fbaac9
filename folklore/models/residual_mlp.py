"""A multi-layer perceptron of one width, with a residual connection for each hidden layer but the first."""

from torch import Tensor, nn

from folklore.data.input_spec import InputSpec
from folklore.models.columns import flatten
from folklore.models.mlp import ACTIVATIONS
from folklore.models.named_layers import NamedLayers
from folklore.models.residual_add import ResidualAdd


def build(inputs: InputSpec, classes: int, width: int, depth: int, activation: str, batch_norm: bool) -> nn.Module:
    """Return a network from [n, …] to logits [n, classes].

    The input of a hidden layer is added to its output after the activation.
    """
    network = _Residual(depth, activation)
    network["flatten"] = flatten(inputs)
    width_before = inputs.width
    for number in range(1, depth + 1):
        network[f"fc{number}"] = nn.Linear(width_before, width)
        if batch_norm:
            network[f"bn{number}"] = nn.BatchNorm1d(width)
        network[f"{activation}{number}"] = ACTIVATIONS[activation]()
        if number > 1:
            network[f"add{number}"] = ResidualAdd()
        width_before = width
    network["output"] = nn.Linear(width, classes)
    return network


class _Residual(NamedLayers):
    def __init__(self, depth: int, activation: str):
        super().__init__()
        self.depth, self.activation = depth, activation

    def forward(self, inputs: Tensor) -> Tensor:
        values = self._hidden(1, self["flatten"](inputs))
        for number in range(2, self.depth + 1):
            values = self[f"add{number}"](self._hidden(number, values), values)
        return self["output"](values)

    def _hidden(self, number: int, values: Tensor) -> Tensor:
        return self.through(values, f"fc{number}", f"bn{number}", f"{self.activation}{number}")
