"""Augmentation: how training images are changed at random, each image anew in every epoch.

Geometry comes first, then colour, then noise, whatever the order in the file. `folklore/train/augment.py` does it.
"""

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from folklore.schema.strict_model import StrictModel

Probability = Annotated[float, Field(ge=0, le=1)]


class Flip(StrictModel):
    """Each with its probability, independent of the other."""

    horizontal: Probability = 0.0
    vertical: Probability = 0.0


class Shift(StrictModel):
    """Up or down, and left or right, by a whole number of pixels up to the given one, each equally likely."""

    pixels: PositiveInt
    fill: Literal["zero", "roll"] = "zero"  # what leaves on one side is lost, or comes back on the other


class Rotation(StrictModel):
    """By an angle drawn evenly from ±degrees about the centre, bilinear; the corners are filled with black."""

    degrees: Annotated[float, Field(gt=0, le=180)]


class Colour(StrictModel):
    """Brightness, contrast and saturation times a factor drawn evenly from 1 ± the given number, in this order."""

    brightness: Annotated[float, Field(ge=0, le=1)] = 0.0
    contrast: Annotated[float, Field(ge=0, le=1)] = 0.0
    saturation: Annotated[float, Field(ge=0, le=1)] = 0.0


class Noise(StrictModel):
    """Gaussian, on pixels from 0 to 1."""

    sd: PositiveFloat
    clip: bool = True  # back to the range that a pixel can have


class Augmentation(StrictModel):
    flip: Flip | None = None
    shift: Shift | None = None
    rotation: Rotation | None = None
    colour: Colour | None = None
    noise: Noise | None = None
