"""Softmax regression: one linear layer."""

from collections import OrderedDict
from math import prod

from torch import nn


def build(shape: tuple[int, ...], classes: int) -> nn.Sequential:
    """[n, *shape] → logits [n, classes]."""
    return nn.Sequential(OrderedDict(flatten=nn.Flatten(), output=nn.Linear(prod(shape), classes)))
