"""Optimisers: the settings of each, with their defaults; those of torch.optim of the same name."""

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, model_validator

from folklore.schema.strict_model import Fraction, StrictModel


class Sgd(StrictModel):
    name: Literal["sgd"]
    lr: PositiveFloat
    momentum: Fraction = 0.0
    nesterov: bool = False
    weight_decay: Annotated[float, Field(ge=0)] = 0.0

    @model_validator(mode="after")
    def _nesterov_looks_ahead_along_the_momentum(self):
        if self.nesterov and self.momentum == 0:
            raise ValueError("`nesterov: true` needs a `momentum` above 0")
        return self


class Adam(StrictModel):
    name: Literal["adam"]
    lr: PositiveFloat
    betas: tuple[Fraction, Fraction] = (0.9, 0.999)
    weight_decay: Annotated[float, Field(ge=0)] = 0.0


class AdamW(StrictModel):
    name: Literal["adamw"]
    lr: PositiveFloat
    betas: tuple[Fraction, Fraction] = (0.9, 0.999)
    weight_decay: Annotated[float, Field(ge=0)] = 0.01


class Adagrad(StrictModel):
    name: Literal["adagrad"]
    lr: PositiveFloat
    weight_decay: Annotated[float, Field(ge=0)] = 0.0


class RmsProp(StrictModel):
    name: Literal["rmsprop"]
    lr: PositiveFloat
    alpha: Fraction = 0.99
    momentum: Fraction = 0.0
    weight_decay: Annotated[float, Field(ge=0)] = 0.0


Optimiser = Annotated[Sgd | Adam | AdamW | Adagrad | RmsProp, Field(discriminator="name")]
