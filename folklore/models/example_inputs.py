"""Example inputs of a network, for looking at its layers and outputs without data."""

import torch
from torch import Tensor

from folklore.data.input_spec import InputSpec


def example_inputs(inputs: InputSpec, count: int = 1) -> Tensor:
    """Return zeros [count, *shape]; integers if the inputs are tokens."""
    return torch.zeros(count, *inputs.shape, dtype=torch.long if inputs.kind == "tokens" else torch.float32)
