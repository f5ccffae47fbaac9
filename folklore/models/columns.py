"""Columns: a batch of a table with categorical columns, and the first layer of models that flatten their inputs."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError


class Columns(NamedTuple):
    """A batch of a table's rows; a dataset without categorical columns gives its numbers alone, as a tensor."""

    numeric: Tensor  # [n, numeric columns], scaled
    categorical: Tensor  # codes, int64 [n, categorical columns]; 0 is an unknown category


class OneHot(nn.Module):
    """The numbers of a row, followed by one column per code of each categorical column."""

    def __init__(self, cardinalities: tuple[int, ...]):
        super().__init__()
        self.cardinalities = cardinalities

    def forward(self, columns: Columns) -> Tensor:
        codes = zip(columns.categorical.unbind(dim=1), self.cardinalities, strict=True)
        return torch.cat([columns.numeric, *(one_hot(code, size).to(columns.numeric) for code, size in codes)], dim=1)


def flatten(inputs: InputSpec) -> nn.Module:
    """Return the layer that makes one vector [inputs.width] of an input. Raises UserError for tokens."""
    if inputs.kind == "tokens":
        raise UserError(f"this model takes images or tables; got {inputs}. Choose a model that embeds tokens")
    return OneHot(inputs.cardinalities) if inputs.cardinalities else nn.Flatten()
