"""Learning-rate schedules: the settings of each, as a factor of the optimiser's rate. Documents 000 and 002."""

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from folklore.schema.strict_model import Fraction, StrictModel


class Constant(StrictModel):
    name: Literal["constant"] = "constant"


class InverseTime(StrictModel):
    """lr / (1 + k·t), t the epoch from 0."""

    name: Literal["inverse_time"]
    k: PositiveFloat


class Exponential(StrictModel):
    """lr · e^(−k·t)."""

    name: Literal["exponential"]
    k: PositiveFloat


class Step(StrictModel):
    """lr · factor^⌊t / every⌋."""

    name: Literal["step"]
    factor: Annotated[float, Field(gt=0, le=1)]
    every: PositiveInt


class LinearDecay(StrictModel):
    """From lr in the first epoch to end·lr in the last, in a straight line."""

    name: Literal["linear"]
    end: Fraction = 0.0


class InverseRoot(StrictModel):
    """lr / √(t + 1)."""

    name: Literal["inverse_root"]


class PowerOfTen(StrictModel):
    """lr · 0.1^t."""

    name: Literal["power_of_ten"]


class Cosine(StrictModel):
    """Half a cosine from lr in the first epoch to end·lr after the last."""

    name: Literal["cosine"]
    end: Fraction = 0.0


Schedule = Annotated[
    Constant | InverseTime | Exponential | Step | LinearDecay | InverseRoot | PowerOfTen | Cosine,
    Field(discriminator="name"),
]
