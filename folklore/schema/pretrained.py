"""Published weights that a run may start from, with the network and the layers that they are for."""

from dataclasses import dataclass
from typing import Literal

from folklore.schema.models.model_settings import LayerWidths, ModelSettings
from folklore.schema.models.resnet18 import Resnet18

Pretrained = Literal["resnet18_imagenet"]


@dataclass(frozen=True)
class PretrainedLayers:
    network: ModelSettings
    layers: tuple[str, ...]

    @property
    def layer_widths(self) -> LayerWidths:
        return {layer: self.network.layers[layer] for layer in self.layers}


PRETRAINED: dict[Pretrained, PretrainedLayers] = {
    "resnet18_imagenet": PretrainedLayers(Resnet18(name="resnet18"), layers=("backbone",)),
}
