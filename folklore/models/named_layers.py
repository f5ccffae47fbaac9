"""NamedLayers: layers by name on one level, so that networks with and without residual connections share names."""

from torch import Tensor, nn


class NamedLayers(nn.ModuleDict):
    def through(self, values: Tensor, *names: str) -> Tensor:
        """Apply the named layers in order, skipping those that the network does not have."""
        for name in names:
            if name in self:
                values = self[name](values)
        return values
