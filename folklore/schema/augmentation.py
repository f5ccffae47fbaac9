"""Augmentation: random transforms of training images, drawn again for each image and epoch.

Geometry is applied first, then colour, then noise, in any order of the keys. `folklore/train/augment.py` applies them.
"""

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from folklore.schema.strict_model import StrictModel

Probability = Annotated[float, Field(ge=0, le=1)]


class Flip(StrictModel):
    """Independent horizontal and vertical flips with the given probabilities."""

    horizontal: Probability = 0.0
    vertical: Probability = 0.0


class Shift(StrictModel):
    """Vertical and horizontal shifts by integers sampled uniformly from ±pixels."""

    pixels: PositiveInt
    fill: Literal["zero", "roll"] = "zero"  # fill the edge with zeros, or with the pixels shifted out


class Rotation(StrictModel):
    """Rotation about the centre by an angle sampled uniformly from ±degrees; bilinear, corners black."""

    degrees: Annotated[float, Field(gt=0, le=180)]


class Colour(StrictModel):
    """Factors for brightness, contrast and saturation, sampled uniformly from 1 ± the given number, in this order."""

    brightness: Annotated[float, Field(ge=0, le=1)] = 0.0
    contrast: Annotated[float, Field(ge=0, le=1)] = 0.0
    saturation: Annotated[float, Field(ge=0, le=1)] = 0.0


class Noise(StrictModel):
    """Gaussian noise on pixels in [0, 1]."""

    sd: PositiveFloat
    clip: bool = True  # to [0, 1] afterwards


class Augmentation(StrictModel):
    flip: Flip | None = None
    shift: Shift | None = None
    rotation: Rotation | None = None
    colour: Colour | None = None
    noise: Noise | None = None
