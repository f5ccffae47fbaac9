"""Resnet18: the settings of ResNet-18, at its published width or a smaller one."""

from typing import Literal

from pydantic import PositiveInt

from folklore.schema.models.layer_cost import LayerCost, convolution, dense
from folklore.schema.models.model_settings import LayerWidths, ModelSettings

_STAGES = 4


class Resnet18(ModelSettings):
    """`width`: channels of the first of four stages, doubled in each later one; 64 as published."""

    name: Literal["resnet18"]
    width: PositiveInt = 64

    inputs = ("image",)
    suits_gpu = True
    phrase = (
        "ResNet-18 (timm’s) up to its pooled features, its first stage {width} channels wide and each of the three "
        "after it twice as wide as the one before; then a linear layer to the logits."
    )

    @property
    def layers(self) -> LayerWidths:
        return {"backbone": (self.width,), "output": (self.width,)}

    @property
    def features(self) -> int:
        """Number of pooled features."""
        return self.width * 2 ** (_STAGES - 1)

    @property
    def initial_weights(self) -> str:
        return (
            "The weights of a convolution are Kaiming-normal by its outputs, of standard deviation √(2 / fan-out); "
            "batch normalisation starts at scale 1, shift 0. The last layer has PyTorch’s default, uniform on "
            "±1/√(fan-in)."
        )

    def batch_statistics(self, shape: tuple[int, ...]) -> tuple[str, ...]:
        """The last stage has one pixel if the image has at most 32×32."""
        return ("backbone",) if max(shape[1:]) <= 2 ** (_STAGES + 1) else ()

    def layer_costs(self, shape: tuple[int, ...], classes: int) -> list[LayerCost]:
        """Each stage has four convolutions, and a quarter of the pixels of the stage before."""
        depth, height, across = shape
        found = [convolution(depth, self.width, 7, height * across // 4)]
        before = self.width
        for stage in range(_STAGES):
            channels, pixels = self.width * 2**stage, max(height * across // 16 // 4**stage, 1)
            found += [convolution(inputs, channels, 3, pixels) for inputs in (before, channels, channels, channels)]
            if before != channels:
                found.append(convolution(before, channels, 1, pixels))
            before = channels
        return found + dense(before, classes)
