"""A multi-layer perceptron: hidden layers of the given widths, repeated `depth` times, then logits."""

from collections import OrderedDict
from math import prod

from torch import nn

ACTIVATIONS = {
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
}


def build(
    shape: tuple[int, ...],
    classes: int,
    widths: list[int],
    depth: int,
    activation: str,
    dropout: float,
    batch_norm: bool,
) -> nn.Sequential:
    """[n, *shape] → logits [n, classes]; batch norm stands before the activation, dropout after it."""
    layers = OrderedDict(flatten=nn.Flatten())
    width = prod(shape)
    for number, out in enumerate(list(widths) * depth, start=1):
        layers[f"fc{number}"] = nn.Linear(width, out)
        if batch_norm:
            layers[f"bn{number}"] = nn.BatchNorm1d(out)
        layers[f"{activation}{number}"] = ACTIVATIONS[activation]()
        if dropout > 0:
            layers[f"dropout{number}"] = nn.Dropout(dropout)
        width = out
    layers["output"] = nn.Linear(width, classes)
    return nn.Sequential(layers)
