"""Resize images by their shorter side and crop the central square, by Pillow, as torchvision does it."""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from folklore.data.raw_dataset import RawDataset, Request
from folklore.execution.errors import UserError


@dataclass(frozen=True)
class ResizeCrop:
    resize: int | None  # pixels of the shorter side
    crop: int | None  # pixels of a side of the square

    def __bool__(self) -> bool:
        return self.resize is not None or self.crop is not None

    def __str__(self) -> str:
        steps = []
        if self.resize:
            steps.append(f"resized to {self.resize} pixels on the shorter side (bilinear, antialiased)")
        if self.crop:
            steps.append(f"cropped to the central {self.crop}×{self.crop} pixels")
        return "each " + ", then ".join(steps)

    def apply(self, image: Image.Image) -> Image.Image:
        """Return the resized and cropped image. Raises UserError if the square is larger than the image."""
        if self.resize:
            shorter = min(image.size)
            width, height = (self.resize * side // shorter for side in image.size)
            image = image.resize((width, height), Image.Resampling.BILINEAR)
        if self.crop is None:
            return image
        if min(image.size) < self.crop:
            width, height = image.size
            raise UserError(
                f"`crop: {self.crop}` does not fit into an image of {width}×{height} pixels; "
                "`resize` it to that many or more in the study's `data:` block"
            )
        left, top = (round((side - self.crop) / 2) for side in image.size)
        return image.crop((left, top, left + self.crop, top + self.crop))


def resize_crop_of(request: Request) -> ResizeCrop:
    return ResizeCrop(request.resize, request.crop)


def resized_and_cropped(request: Request, raw: RawDataset) -> RawDataset:
    """Return the dataset with every image resized and cropped; a reader may have done it, one image at a time."""
    step = resize_crop_of(request)
    if not step:
        return raw
    splits = raw.splits
    if not raw.resized:
        splits = {split: replace(rows, inputs=_each(rows.inputs, step, request)) for split, rows in splits.items()}
    return replace(raw, splits=splits, resized=True, description=f"{raw.description}; {step}")


def _each(images: np.ndarray, step: ResizeCrop, request: Request) -> np.ndarray:
    """Return uint8 [n, channels, height, width]."""
    if images.ndim != 4:
        raise UserError(
            f"dataset {request.name!r} ({request.source}): `resize` and `crop` are for images, but its inputs are "
            "features; leave both out of the study's `data:` block"
        )
    return np.stack([array_of(step.apply(image_of(image))) for image in images])


def image_of(array: np.ndarray) -> Image.Image:
    """Return an image from uint8 [channels, height, width] of 1 or 3 channels."""
    return Image.fromarray(array[0] if len(array) == 1 else array.transpose(1, 2, 0))


def array_of(image: Image.Image) -> np.ndarray:
    """Return uint8 [channels, height, width] of a grey or RGB image."""
    values = np.asarray(image)
    return values[None] if values.ndim == 2 else values.transpose(2, 0, 1)
