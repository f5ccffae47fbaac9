"""Augmentation of a batch of images: every operation draws for each image what to do with it, then does it to all.

torchvision's own transforms draw once for a whole batch; here each image has its own numbers, and the batch is still
one operation. They are drawn on the CPU, so that a seed gives the same ones on every device, and apart from the images,
so that what is drawn depends on nothing but their shape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample, pad

from folklore.execution.errors import UserError


class Operation(Protocol):
    """Its fields are the settings of the block of its name in folklore/schema/augmentation.py."""

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        """[n, …], one entry an image."""

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        """Both on one device; the images stay as they are, and the new ones may have another memory layout."""


def augmentation_of(settings: dict[str, Any]) -> Callable[[Tensor, torch.Generator], Tensor] | None:
    """What is done to images [n, channels, height, width] with pixels 0 to 1; None where nothing is asked for.

    The generator is one of the CPU, the images are of any device, and their memory layout is kept. Inputs that are no
    images raise UserError.
    """
    operations = [kind(**settings[name]) for name, kind in OPERATIONS.items() if settings[name] is not None]

    def augmented(images: Tensor, generator: torch.Generator) -> Tensor:
        _check(images)
        layout = _layout(images)
        for operation in operations:
            drawn = operation.draw(images.shape, generator).to(images.device)
            images = operation.apply(images, drawn)
        return images.contiguous(memory_format=layout)

    return augmented if operations else None


def _check(images: Tensor) -> None:
    if images.ndim != 4:
        raise UserError(
            f"augmentation changes images [n, channels, height, width], and these inputs are {list(images.shape)}; "
            "leave `augmentation` out of the recipe"
        )


def _layout(images: Tensor) -> torch.memory_format:
    last = images.is_contiguous(memory_format=torch.channels_last)
    return torch.channels_last if last else torch.contiguous_format


@dataclass(frozen=True)
class Flip:
    horizontal: float
    vertical: float

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        return torch.rand(shape[0], 2, generator=generator) < torch.tensor([self.horizontal, self.vertical])

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        for chosen, probability, dimension in zip(drawn.T, (self.horizontal, self.vertical), (3, 2), strict=True):
            if probability > 0:
                images = torch.where(_of_each(chosen), images.flip(dimension), images)
        return images


@dataclass(frozen=True)
class Shift:
    pixels: int
    fill: str

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        return torch.randint(-self.pixels, self.pixels + 1, (shape[0], 2), generator=generator)

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        height, width = images.shape[2:]
        rows = torch.arange(height, device=images.device) - drawn[:, :1]
        columns = torch.arange(width, device=images.device) - drawn[:, 1:]
        if self.fill == "roll":
            rows, columns = rows % height, columns % width
        return _taken(images, rows, columns)


def _taken(images: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """The pixels of each image from its rows [n, height] and columns [n, width]; black from where there are none.

    Whole pixels are gathered by their number, five times faster than by image, row and column.
    """
    count, channels, height, width = images.shape
    pixels = pad(images.movedim(1, -1).reshape(-1, channels), (0, 0, 0, 1))
    black = len(pixels) - 1
    first = torch.arange(count, device=images.device)[:, None] * (height * width)
    rows = (first + rows * width).masked_fill((rows < 0) | (rows >= height), black)
    columns = columns.masked_fill((columns < 0) | (columns >= width), black)
    numbers = (rows[:, :, None] + columns[:, None, :]).clamp(max=black)
    return pixels.index_select(0, numbers.flatten()).view(count, height, width, channels).movedim(-1, 1)


@dataclass(frozen=True)
class Rotation:
    degrees: float

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        """Degrees, anticlockwise."""
        return self.degrees * _even(shape[0], generator)

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        height, width = images.shape[2:]
        cosine, sine, nought = drawn.deg2rad().cos(), drawn.deg2rad().sin(), torch.zeros_like(drawn)
        # Where each new pixel comes from; a grid's unit is half a width across, and half a height down.
        across = torch.stack((cosine, -sine * height / width, nought), dim=1)
        down = torch.stack((sine * width / height, cosine, nought), dim=1)
        grid = affine_grid(torch.stack((across, down), dim=1), list(images.shape), align_corners=False)
        return grid_sample(images, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


@dataclass(frozen=True)
class Colour:
    brightness: float
    contrast: float
    saturation: float

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        """Factors of brightness, contrast and saturation."""
        return 1 + torch.tensor([self.brightness, self.contrast, self.saturation]) * _even((shape[0], 3), generator)

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        brightness, contrast, saturation = (_of_each(factors) for factors in drawn.T)
        if self.brightness > 0:
            images = _away_from(torch.zeros_like(brightness), images, brightness)
        if self.contrast > 0:
            images = _away_from(_luminance(images).mean(dim=(1, 2, 3), keepdim=True), images, contrast)
        if self.saturation > 0 and images.shape[1] > 1:
            images = _away_from(_luminance(images), images, saturation)
        return images


def _away_from(origin: Tensor, images: Tensor, factor: Tensor) -> Tensor:
    return (factor * images + (1 - factor) * origin).clamp(0, 1)


def _luminance(images: Tensor) -> Tensor:
    """[n, 1, height, width], with the weights of torchvision."""
    if images.shape[1] == 1:
        return images
    red, green, blue = images.split(1, dim=1)
    return 0.2989 * red + 0.587 * green + 0.114 * blue


@dataclass(frozen=True)
class Noise:
    sd: float
    clip: bool

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        return torch.randn(shape, generator=generator)

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        noisy = images + self.sd * drawn
        return noisy.clamp(0, 1) if self.clip else noisy


def _even(shape: int | tuple[int, ...], generator: torch.Generator) -> Tensor:
    """Evenly from −1 to 1."""
    return 2 * torch.rand(shape, generator=generator) - 1


def _of_each(drawn: Tensor) -> Tensor:
    return drawn.view(-1, 1, 1, 1)


# In the order in which they are done: geometry, colour, noise.
OPERATIONS: dict[str, type[Operation]] = {
    "flip": Flip,
    "shift": Shift,
    "rotation": Rotation,
    "colour": Colour,
    "noise": Noise,
}
