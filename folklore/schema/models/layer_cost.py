"""LayerCost: a coarse estimate of one layer's work and memory, from which planning estimates those of a run."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class LayerCost:
    multiply_adds: int  # of the forward pass of one example
    parameters: int
    outputs: int  # numbers per example


def dense(*widths: int) -> list[LayerCost]:
    """Return fully connected layers between neighbouring widths; biases are left out."""
    return [LayerCost(inputs * outputs, inputs * outputs, outputs) for inputs, outputs in pairwise(widths)]


def convolution(inputs: int, outputs: int, kernel: int, pixels: int) -> LayerCost:
    """Return a convolution without bias whose output has the given number of pixels per channel."""
    parameters = kernel**2 * inputs * outputs
    return LayerCost(parameters * pixels, parameters, outputs * pixels)
