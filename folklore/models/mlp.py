"""A multi-layer perceptron: hidden layers of the given widths, repeated `depth` times, then logits."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from torch import nn

from folklore.data.input_spec import InputSpec
from folklore.models.columns import flatten

ACTIVATIONS = {
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
    "identity": nn.Identity,
}

# Layers after the logits, whose outputs the loss then treats as logits.
OUTPUTS = {"probabilities": nn.Softmax, "log_probabilities": nn.LogSoftmax}

_CONSTANT = 0.01


def build(
    inputs: InputSpec,
    classes: int,
    widths: Sequence[int],
    depth: int,
    activation: str,
    dropout: float | Sequence[float],
    batch_norm: bool,
    norm_momentum: float,
    initialisation: str,
    output: str,
) -> nn.Sequential:
    """Return a network from [n, …] to logits [n, classes], or to the (log-)probabilities that `output` names.

    Batch norm comes before the activation, dropout after it.
    """
    hidden = [*widths] * depth
    dropouts = dropout if isinstance(dropout, Sequence) else [dropout] * len(hidden)
    layers = OrderedDict(flatten=flatten(inputs))
    width = inputs.width
    for number, (out, probability) in enumerate(zip(hidden, dropouts, strict=True), start=1):
        layers[f"fc{number}"] = nn.Linear(width, out)
        if batch_norm:
            layers[f"bn{number}"] = nn.BatchNorm1d(out, momentum=norm_momentum)
        layers[f"{activation}{number}"] = ACTIVATIONS[activation]()
        if probability > 0:
            layers[f"dropout{number}"] = nn.Dropout(probability)
        width = out
    layers["output"] = nn.Linear(width, classes)
    if output in OUTPUTS:
        layers[output] = OUTPUTS[output](dim=1)
    if initialisation == "constant":
        _initialise_constant(layers.values())
    return nn.Sequential(layers)


def _initialise_constant(layers: Iterable[nn.Module]) -> None:
    for layer in layers:
        if isinstance(layer, nn.Linear):
            nn.init.constant_(layer.weight, _CONSTANT)
            nn.init.zeros_(layer.bias)
