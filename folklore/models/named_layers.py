"""NamedLayers: layers by name, all on one level, so that a network with ways past layers is called as the plain one."""

from torch import Tensor, nn


class NamedLayers(nn.ModuleDict):
    def through(self, values: Tensor, *names: str) -> Tensor:
        """One layer after the other, those left out that the network has not."""
        for name in names:
            if name in self:
                values = self[name](values)
        return values
