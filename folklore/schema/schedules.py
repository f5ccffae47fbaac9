"""Learning-rate schedules: settings of each, as a factor of the optimiser's learning rate. Documents 000 and 002."""

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from folklore.schema.phrased import Phrased
from folklore.schema.strict_model import Fraction


class Constant(Phrased):
    name: Literal["constant"] = "constant"

    phrase = "Constant: η(t) = η₀."


class InverseTime(Phrased):
    """lr / (1 + k·t), t the epoch from 0."""

    name: Literal["inverse_time"]
    k: PositiveFloat

    phrase = "Inverse time: η(t) = η₀ / (1 + k·t) with k = {k}."


class Exponential(Phrased):
    """lr · e^(−k·t)."""

    name: Literal["exponential"]
    k: PositiveFloat

    phrase = "Exponential: η(t) = η₀ · exp(−k·t) with k = {k}."


class Step(Phrased):
    """lr · factor^⌊t / every⌋."""

    name: Literal["step"]
    factor: Annotated[float, Field(gt=0, le=1)]
    every: PositiveInt

    phrase = "Step: η(t) = η₀ · {factor}^⌊t / {every}⌋."


class LinearDecay(Phrased):
    """Linear decay from lr in the first epoch to end·lr in the last."""

    name: Literal["linear"]
    end: Fraction = 0.0

    phrase = "Linear: a straight line from η₀ in the first epoch to {end} · η₀ in the last."


class InverseRoot(Phrased):
    """lr / √(t + 1)."""

    name: Literal["inverse_root"]

    phrase = "Inverse root: η(t) = η₀ / √(t + 1)."


class PowerOfTen(Phrased):
    """Exponential decay with γ = 0.1: lr · 0.1^t."""

    name: Literal["power_of_ten"]

    phrase = "Power of ten: η(t) = η₀ · 0.1^t."


class Cosine(Phrased):
    """Cosine annealing from lr in the first epoch to end·lr after the last."""

    name: Literal["cosine"]
    end: Fraction = 0.0

    phrase = "Cosine: η(t) = η₀ · (e + (1 − e) · (1 + cos(π·t / T)) / 2) with e = {end} and T the number of epochs."


Schedule = Annotated[
    Constant | InverseTime | Exponential | Step | LinearDecay | InverseRoot | PowerOfTen | Cosine,
    Field(discriminator="name"),
]
