"""Example inputs of a network, for looking at its layers and outputs without data."""

import torch
from torch import Tensor

from folklore.data.input_spec import InputSpec


def example_inputs(inputs: InputSpec, count: int = 1) -> Tensor:
    """Return zeros: images, rows of a table with their categorical columns one-hot, or token numbers."""
    shape = (inputs.width,) if inputs.kind == "table" else inputs.shape
    return torch.zeros(count, *shape, dtype=torch.long if inputs.kind == "tokens" else torch.float32)
