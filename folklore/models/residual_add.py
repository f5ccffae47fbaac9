"""Addition: where two ways meet, as a layer of its own, so that a table of layers shows it."""

from torch import Tensor, nn


class ResidualAdd(nn.Module):
    def forward(self, one: Tensor, other: Tensor) -> Tensor:
        return one + other
