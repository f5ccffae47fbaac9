"""Optimisers: settings and defaults of torch.optim's optimisers of the same name."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveFloat, model_validator

from folklore.schema.phrased import Phrased
from folklore.schema.strict_model import Fraction


class _Optimiser(Phrased):
    rate: ClassVar[str] = "learning rate η₀ = {lr}"
    decay: ClassVar[str] = (
        "{weight_decay:weight decay λ = {weight_decay} (added to the gradient: g ← g + λ·θ)|no weight decay}"
    )


class Sgd(_Optimiser):
    name: Literal["sgd"]
    lr: PositiveFloat
    momentum: Fraction = 0.0
    nesterov: bool = False
    weight_decay: Annotated[float, Field(ge=0)] = 0.0

    phrase = (
        "Stochastic gradient descent {momentum:momentum μ = {momentum} (v ← μ·v + g; θ ← θ − η·v)|without momentum "
        "(θ ← θ − η·g)}{nesterov:, in Nesterov’s form (θ ← θ − η·(g + μ·v))}, "
        f"{_Optimiser.rate}, {_Optimiser.decay}."
    )

    @model_validator(mode="after")
    def _nesterov_needs_momentum(self):
        if self.nesterov and self.momentum == 0:
            raise ValueError("`nesterov: true` needs a `momentum` above 0")
        return self


class Adam(_Optimiser):
    name: Literal["adam"]
    lr: PositiveFloat
    betas: tuple[Fraction, Fraction] = (0.9, 0.999)
    weight_decay: Annotated[float, Field(ge=0)] = 0.0

    phrase = f"Adam with bias correction, {_Optimiser.rate}, (β₁, β₂) = ({{betas}}), ε = 10⁻⁸, {_Optimiser.decay}."


class AdamW(_Optimiser):
    name: Literal["adamw"]
    lr: PositiveFloat
    betas: tuple[Fraction, Fraction] = (0.9, 0.999)
    weight_decay: Annotated[float, Field(ge=0)] = 0.01

    phrase = (
        f"AdamW with bias correction, {_Optimiser.rate}, (β₁, β₂) = ({{betas}}), ε = 10⁻⁸, decoupled weight decay "
        "λ = {weight_decay} (θ ← θ − η·λ·θ before each step)."
    )


class Adagrad(_Optimiser):
    name: Literal["adagrad"]
    lr: PositiveFloat
    weight_decay: Annotated[float, Field(ge=0)] = 0.0

    phrase = (
        f"Adagrad, {_Optimiser.rate}, accumulators from 0, ε = 10⁻¹⁰, no learning-rate decay of its own, "
        f"{_Optimiser.decay}."
    )


class RmsProp(_Optimiser):
    name: Literal["rmsprop"]
    lr: PositiveFloat
    alpha: Fraction = 0.99
    momentum: Fraction = 0.0
    weight_decay: Annotated[float, Field(ge=0)] = 0.0

    phrase = (
        f"RMSprop (not centred), {_Optimiser.rate}, smoothing α = {{alpha}}, ε = 10⁻⁸, "
        f"{{momentum:momentum {{momentum}}|no momentum}}, {_Optimiser.decay}."
    )


Optimiser = Annotated[Sgd | Adam | AdamW | Adagrad | RmsProp, Field(discriminator="name")]
