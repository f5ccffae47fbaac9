"""Softmax regression: one linear layer."""

from collections import OrderedDict

from torch import nn

from folklore.data.input_spec import InputSpec
from folklore.models.columns import flatten


def build(inputs: InputSpec, classes: int) -> nn.Sequential:
    """Return a network from [n, …] to logits [n, classes]."""
    return nn.Sequential(OrderedDict(flatten=flatten(inputs), output=nn.Linear(inputs.width, classes)))
