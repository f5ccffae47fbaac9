"""Example inputs of a network, for looking at its layers and outputs without data."""

import torch
from torch import Tensor

from folklore.data.input_spec import InputSpec
from folklore.models.columns import Columns


def example_inputs(inputs: InputSpec, count: int = 1) -> Tensor | Columns:
    """Return zeros [count, *shape]; integers if the inputs are tokens, with codes if there are categorical columns."""
    if inputs.kind == "tokens":
        return torch.zeros(count, *inputs.shape, dtype=torch.int64)
    values = torch.zeros(count, *inputs.shape)
    if not inputs.cardinalities:
        return values
    return Columns(values, torch.zeros(count, len(inputs.cardinalities), dtype=torch.int64))
