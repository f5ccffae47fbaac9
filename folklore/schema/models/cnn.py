"""Cnn: the settings of the small convolutional network of the CIFAR-10 report."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveInt

from folklore.schema.models.layer_cost import LayerCost, convolution, dense
from folklore.schema.models.model_settings import LayerWidths, ModelSettings
from folklore.schema.strict_model import Fraction


class Cnn(ModelSettings):
    name: Literal["cnn"]
    channels: Annotated[tuple[PositiveInt, ...], Field(min_length=1)] = (16, 32, 64)
    hidden: PositiveInt = 64
    dropout: Fraction = 0.0
    batch_norm: bool = False

    inputs = ("image",)
    suits_gpu = True
    head: ClassVar[str] = (
        "then a fully connected layer of {hidden} units, followed by {batch_norm:batch normalisation, }ReLU"
        "{dropout: and dropout with probability {dropout}}; then a linear layer to the logits."
    )
    phrase = (
        "Convolutional network: a 3×3 convolution (stride 1, padding 1) for each of the channel counts {channels}, "
        "each followed by {batch_norm:batch normalisation, }ReLU and 2×2 max-pooling (stride 2); " + head
    )

    @property
    def layers(self) -> LayerWidths:
        widths = (*self.channels, self.hidden)
        names = [str(number) for number in range(1, len(widths))]
        found = {f"conv{name}": widths[max(index - 1, 0) : index + 1] for index, name in enumerate(names)}
        found["fc1"] = (widths[-2], len(self.channels), self.hidden)
        if self.batch_norm:
            found |= {f"bn{name}": (width,) for name, width in zip((*names, "_fc1"), widths, strict=True)}
        return found | {"fc2": (self.hidden,)}

    def size_error(self, shape: tuple[int, ...]) -> str | None:
        """Each block halves height and width."""
        _, height, width = shape
        blocks, most = len(self.channels), min(height, width).bit_length() - 1
        if blocks <= most:
            return None
        return (
            f"channels: {blocks} blocks halve images of {height}×{width} pixels to nothing: expected at most {most} "
            f"channels; got {blocks}. Remove {blocks - most}"
        )

    def batch_statistics(self, shape: tuple[int, ...]) -> tuple[str, ...]:  # noqa: ARG002
        return ("bn_fc1",) if self.batch_norm else ()

    def layer_costs(self, shape: tuple[int, ...], classes: int) -> list[LayerCost]:
        """Each block halves height and width after its convolution."""
        depth, height, width = shape
        found = []
        for channels in self.channels:
            found += self.block_costs(depth, channels, height * width)
            depth, height, width = channels, height // 2, width // 2
        return found + dense(depth * height * width, self.hidden, classes)

    def block_costs(self, inputs: int, outputs: int, pixels: int) -> list[LayerCost]:
        return [convolution(inputs, outputs, 3, pixels)]
