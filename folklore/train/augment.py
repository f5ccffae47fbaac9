"""Augmentation of a batch of images: every operation draws random parameters per image, then transforms the batch.

Transforms of torchvision draw once per batch. Parameters are drawn on the CPU, so that a seed gives the same ones on
every device, and before the images are read, so that they depend on the shape alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample, pad

from folklore.execution.errors import UserError


class Operation(Protocol):
    """A dataclass whose fields are the settings of its block in folklore/schema/augmentation.py."""

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        """Return random parameters [n, …], one entry per image."""

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        """Return new images, possibly in another memory format; `drawn` is on the device of the images."""


def augmentation_of(settings: dict[str, Any]) -> Callable[[Tensor, torch.Generator], Tensor] | None:
    """Return the augmentation of images [n, channels, height, width] with pixels 0 to 1; None if no operation is set.

    It takes a generator of the CPU and images on any device, and keeps their memory format. It raises UserError for
    inputs that are not images.
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
            f"augmentation: expected images [n, channels, height, width]; got inputs {list(images.shape)}. "
            "Remove `augmentation` from the recipe"
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
                images = torch.where(_per_image(chosen), images.flip(dimension), images)
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
        return _gathered(images, rows, columns)


def _gathered(images: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """Gather the pixels at rows [n, height] and columns [n, width] of each image; those outside of it are black.

    Gathering by flat index is five times faster than by image, row and column.
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
        """Return degrees, anticlockwise."""
        return self.degrees * _uniform(shape[0], generator)

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        height, width = images.shape[2:]
        cosine, sine, zero = drawn.deg2rad().cos(), drawn.deg2rad().sin(), torch.zeros_like(drawn)
        # The source of each new pixel, in units of half a width and half a height.
        across = torch.stack((cosine, -sine * height / width, zero), dim=1)
        down = torch.stack((sine * width / height, cosine, zero), dim=1)
        grid = affine_grid(torch.stack((across, down), dim=1), list(images.shape), align_corners=False)
        return grid_sample(images, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


@dataclass(frozen=True)
class Colour:
    brightness: float
    contrast: float
    saturation: float

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        """Return factors of brightness, contrast and saturation."""
        return 1 + torch.tensor([self.brightness, self.contrast, self.saturation]) * _uniform((shape[0], 3), generator)

    def apply(self, images: Tensor, drawn: Tensor) -> Tensor:
        brightness, contrast, saturation = (_per_image(factors) for factors in drawn.T)
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
    """Return luminance [n, 1, height, width], with the weights of torchvision."""
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


def _uniform(shape: int | tuple[int, ...], generator: torch.Generator) -> Tensor:
    """Draw uniformly from −1 to 1."""
    return 2 * torch.rand(shape, generator=generator) - 1


def _per_image(drawn: Tensor) -> Tensor:
    return drawn.view(-1, 1, 1, 1)


# In the order of application: geometry, colour, noise.
OPERATIONS: dict[str, type[Operation]] = {
    "flip": Flip,
    "shift": Shift,
    "rotation": Rotation,
    "colour": Colour,
    "noise": Noise,
}
