"""A multi-layer perceptron: hidden layers of the given widths, repeated `depth` times, then logits."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from torch import nn

from folklore.data.input_spec import InputSpec

ACTIVATIONS = {
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
    "identity": nn.Identity,
}

# What turns logits into what the loss takes for logits.
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
    """[n, …] → logits [n, classes], or their (log-)probabilities; batch norm stands before the activation, dropout
    after it."""
    hidden = [*widths] * depth
    dropped = dropout if isinstance(dropout, Sequence) else [dropout] * len(hidden)
    layers = OrderedDict(flatten=nn.Flatten())
    width = inputs.width
    for number, (out, share) in enumerate(zip(hidden, dropped, strict=True), start=1):
        layers[f"fc{number}"] = nn.Linear(width, out)
        if batch_norm:
            layers[f"bn{number}"] = nn.BatchNorm1d(out, momentum=norm_momentum)
        layers[f"{activation}{number}"] = ACTIVATIONS[activation]()
        if share > 0:
            layers[f"dropout{number}"] = nn.Dropout(share)
        width = out
    layers["output"] = nn.Linear(width, classes)
    if output in OUTPUTS:
        layers[output] = OUTPUTS[output](dim=1)
    if initialisation == "constant":
        _make_all_units_alike(layers.values())
    return nn.Sequential(layers)


def _make_all_units_alike(layers: Iterable[nn.Module]) -> None:
    for layer in layers:
        if isinstance(layer, nn.Linear):
            nn.init.constant_(layer.weight, _CONSTANT)
            nn.init.zeros_(layer.bias)
