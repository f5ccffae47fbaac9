"""Hidden layers of a network: fully connected layers whose outputs go through an activation."""

from dataclasses import dataclass, replace

from torch import nn

from folklore.models.residual_add import ResidualAdd
from folklore.train.activations import ACTIVATIONS


@dataclass(frozen=True)
class Hidden:
    name: str
    activation: str  # the layer whose output is the activations of its units
    end: str  # the layer whose output the next one takes: the activation, or the residual sum after it


def hidden_layers(model: nn.Module) -> list[Hidden]:
    """Return them in the order of the forward pass. Layers between two convolutions are not hidden layers."""
    found: dict[str, Hidden] = {}
    current = None
    for name, layer in model.named_children():
        if isinstance(layer, nn.Linear | nn.Conv2d):
            current = name if isinstance(layer, nn.Linear) else None
        elif current and isinstance(layer, ACTIVATIONS):
            found[current] = Hidden(current, name, name)
        elif current in found and isinstance(layer, ResidualAdd):
            found[current] = replace(found[current], end=name)
    return list(found.values())
