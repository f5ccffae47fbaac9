"""The small convolutional network of the CIFAR-10 report: 89,834 parameters, 90,186 with batch norm."""

from collections import OrderedDict

from torch import nn

from folklore.data.input_spec import InputSpec
from folklore.models.image_shape import image_shape


def build(
    inputs: InputSpec, classes: int, channels: list[int], hidden: int, dropout: float, batch_norm: bool
) -> nn.Sequential:
    """Return a network from [n, channels, height, width] to logits [n, classes]; each block halves height and width.

    The CIFAR-10 report applies ReLU before max-pooling. The two commute, and pooling first leaves ReLU a quarter of the
    values.
    """
    depth, height, width = image_shape(inputs, halvings=len(channels))
    layers = OrderedDict()
    for number, out in enumerate(channels, start=1):
        layers[f"conv{number}"] = nn.Conv2d(depth, out, kernel_size=3, padding=1)
        if batch_norm:
            layers[f"bn{number}"] = nn.BatchNorm2d(out)
        layers[f"pool{number}"] = nn.MaxPool2d(2)
        layers[f"relu{number}"] = nn.ReLU(inplace=True)
        depth, height, width = out, height // 2, width // 2
    layers["flatten"] = nn.Flatten()
    layers["fc1"] = nn.Linear(depth * height * width, hidden)
    if batch_norm:
        layers["bn_fc1"] = nn.BatchNorm1d(hidden)
    layers["relu_fc1"] = nn.ReLU(inplace=True)
    if dropout > 0:
        layers["dropout"] = nn.Dropout(dropout)
    layers["fc2"] = nn.Linear(hidden, classes)
    return nn.Sequential(layers)
