"""Recipe: one complete way to train. Run: a recipe with a seed.

A recipe's identity leaves defaults out, so a new setting whose default changes nothing renames no run.
Changing an existing default would give old runs a new meaning: raise SCHEMA with it.
"""

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt, model_validator

from folklore.block import Block

SCHEMA = 1

Count = Annotated[int, Field(ge=0)]
Fraction = Annotated[float, Field(ge=0, lt=1)]


class Data(Block):
    """Which data set, from which source, and how many examples of it serve which purpose."""

    name: str
    source: Literal["official", "local", "embedded"] | None = None  # None: config.yaml decides
    path: str | None = None  # of a local source: an archive, a folder or a file
    inputs: tuple[str, ...] | None = None  # columns of a CSV that are features
    label: str | None = None  # the column of a CSV that is the class
    classes: dict[str, str] | None = None  # class in the source → its name here; others are left out
    train: PositiveInt
    validation: PositiveInt
    test: PositiveInt | None = None  # None: the whole test part
    seed: Count = 0  # of the split, apart from the seed of a training
    stratified: bool = False
    scaling: Literal["unit", "symmetric", "standardised", "raw"] = "unit"

    @model_validator(mode="after")
    def _columns_come_together(self):
        if (self.inputs is None) != (self.label is None):
            raise ValueError("`inputs` and `label` name the columns of a CSV together; one of them is missing")
        return self


class Cnn(Block):
    name: Literal["cnn"]
    channels: tuple[PositiveInt, ...] = (16, 32, 64)
    hidden: PositiveInt = 64
    dropout: Fraction = 0.0
    batch_norm: bool = False


class Mlp(Block):
    name: Literal["mlp"]
    widths: Annotated[tuple[PositiveInt, ...], Field(min_length=1)] = (128, 64)
    depth: PositiveInt = 1  # how often `widths` is repeated: widths [16], depth 6 is a 6×16 network
    activation: Literal["relu", "leaky_relu", "tanh", "sigmoid", "gelu"] = "relu"
    dropout: Fraction = 0.0
    batch_norm: bool = False


class Linear(Block):
    name: Literal["linear"]


class Xgboost(Block):
    name: Literal["xgboost"]
    rounds: PositiveInt = 200
    max_depth: PositiveInt = 6
    learning_rate: PositiveFloat = 0.3
    subsample: Annotated[float, Field(gt=0, le=1)] = 1.0


class Logistic(Block):
    name: Literal["logistic"]
    inverse_penalty: PositiveFloat = 1.0  # scikit-learn's C
    iterations: PositiveInt = 500


Model = Annotated[Cnn | Mlp | Linear | Xgboost | Logistic, Field(discriminator="name")]

# Models that are not trained by gradient steps on mini-batches name their own learner.
LEARNER_OF = {"xgboost": "xgboost", "logistic": "logistic"}


class Sgd(Block):
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


class Adam(Block):
    name: Literal["adam"]
    lr: PositiveFloat
    betas: tuple[Fraction, Fraction] = (0.9, 0.999)
    weight_decay: Annotated[float, Field(ge=0)] = 0.0


class AdamW(Block):
    name: Literal["adamw"]
    lr: PositiveFloat
    betas: tuple[Fraction, Fraction] = (0.9, 0.999)
    weight_decay: Annotated[float, Field(ge=0)] = 0.01


class Adagrad(Block):
    name: Literal["adagrad"]
    lr: PositiveFloat
    weight_decay: Annotated[float, Field(ge=0)] = 0.0


class RmsProp(Block):
    name: Literal["rmsprop"]
    lr: PositiveFloat
    alpha: Fraction = 0.99
    momentum: Fraction = 0.0
    weight_decay: Annotated[float, Field(ge=0)] = 0.0


Optimiser = Annotated[Sgd | Adam | AdamW | Adagrad | RmsProp, Field(discriminator="name")]


class Constant(Block):
    name: Literal["constant"] = "constant"


class InverseTime(Block):
    """lr / (1 + k·t), t the epoch from 0."""

    name: Literal["inverse_time"]
    k: PositiveFloat


class Exponential(Block):
    """lr · e^(−k·t)."""

    name: Literal["exponential"]
    k: PositiveFloat


class Step(Block):
    """lr · factor^⌊t / every⌋."""

    name: Literal["step"]
    factor: Annotated[float, Field(gt=0, le=1)]
    every: PositiveInt


class LinearDecay(Block):
    """From lr in the first epoch to end·lr in the last, in a straight line."""

    name: Literal["linear"]
    end: Fraction = 0.0


class InverseRoot(Block):
    """lr / √(t + 1)."""

    name: Literal["inverse_root"]


class PowerOfTen(Block):
    """lr · 0.1^t."""

    name: Literal["power_of_ten"]


class Cosine(Block):
    """Half a cosine from lr in the first epoch to end·lr after the last."""

    name: Literal["cosine"]
    end: Fraction = 0.0


Schedule = Annotated[
    Constant | InverseTime | Exponential | Step | LinearDecay | InverseRoot | PowerOfTen | Cosine,
    Field(discriminator="name"),
]


class Parent(Block):
    """Start from the weights of another run with the same seed."""

    study: str
    variant: str
    weights: Literal["initial", "last", "best"] = "last"


class ResolvedParent(Block):
    """A parent whose recipe is known by its identity, so that the child's identity depends on it."""

    recipe: str
    weights: Literal["initial", "last", "best"] = "last"


# The settings of a gradient learner; no other learner has them.
GRADIENT_BLOCKS = ("optimiser", "schedule", "batch_size", "epochs", "parent")


class Recipe(Block):
    data: Data
    model: Model
    optimiser: Optimiser | None = None
    schedule: Schedule = Constant()
    batch_size: PositiveInt | None = None
    epochs: PositiveInt | None = None
    parent: Parent | ResolvedParent | None = None

    @property
    def learner(self) -> str:
        return LEARNER_OF.get(self.model.name, "sgd")

    @model_validator(mode="after")
    def _learner_has_what_it_needs(self):
        if self.learner == "sgd":
            missing = [block for block in ("optimiser", "batch_size", "epochs") if getattr(self, block) is None]
            if missing:
                raise ValueError(
                    f"model {self.model.name!r} is trained by gradient steps and needs: {', '.join(missing)}"
                )
        else:
            surplus = sorted(self.model_fields_set.intersection(GRADIENT_BLOCKS))
            if surplus:
                raise ValueError(f"model {self.model.name!r} takes no gradient steps, so no: {', '.join(surplus)}")
        return self


class Run(Block):
    recipe: str  # identity of the recipe, a folder name
    seed: Count
