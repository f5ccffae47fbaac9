"""ResidualAdd: the sum of a layer's output and its residual connection, as a row of the table of layers."""

from torch import Tensor, nn


class ResidualAdd(nn.Module):
    def forward(self, output: Tensor, shortcut: Tensor) -> Tensor:
        return output + shortcut
