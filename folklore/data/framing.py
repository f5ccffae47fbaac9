"""Framing: images resized by their shorter side, and the central square cut out, by Pillow, as torchvision does it."""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from folklore.data.raw_dataset import RawDataset, Request
from folklore.execution.errors import UserError


@dataclass(frozen=True)
class Frame:
    resize: int | None  # pixels of the shorter side
    crop: int | None  # pixels of a side of the square

    def __bool__(self) -> bool:
        return self.resize is not None or self.crop is not None

    def __str__(self) -> str:
        steps = []
        if self.resize:
            steps.append(f"resized to {self.resize} pixels on the shorter side (bilinear, antialiased)")
        if self.crop:
            steps.append(f"cut to the central {self.crop}×{self.crop} pixels")
        return "each " + ", then ".join(steps)

    def around(self, image: Image.Image) -> Image.Image:
        """Raises UserError where the square is larger than the image."""
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


def frame_of(request: Request) -> Frame:
    return Frame(request.resize, request.crop)


def framed(request: Request, raw: RawDataset) -> RawDataset:
    """The same with every image in its frame. A reader may have seen to that itself, one image at a time."""
    frame = frame_of(request)
    if not frame:
        return raw
    splits = raw.splits
    if not raw.framed:
        splits = {split: replace(rows, inputs=_each(rows.inputs, frame, request)) for split, rows in splits.items()}
    return replace(raw, splits=splits, framed=True, description=f"{raw.description}; {frame}")


def _each(images: np.ndarray, frame: Frame, request: Request) -> np.ndarray:
    """uint8 [n, channels, height, width]."""
    if images.ndim != 4:
        raise UserError(
            f"data set {request.name!r} ({request.source}): `resize` and `crop` are for images, but its inputs are "
            "features; leave both out of the study's `data:` block"
        )
    return np.stack([pixels(frame.around(picture(image))) for image in images])


def picture(image: np.ndarray) -> Image.Image:
    """From uint8 [channels, height, width] of 1 or 3 channels."""
    return Image.fromarray(image[0] if len(image) == 1 else image.transpose(1, 2, 0))


def pixels(image: Image.Image) -> np.ndarray:
    """uint8 [channels, height, width] of a grey or RGB image."""
    values = np.asarray(image)
    return values[None] if values.ndim == 2 else values.transpose(2, 0, 1)
