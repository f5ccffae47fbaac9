"""Models: the settings of each, with their defaults, and the layers that have weights."""

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field, PositiveFloat, PositiveInt, model_validator

from folklore.schema.strict_model import Fraction, StrictModel

# Layer with weights → the widths that its shape follows from, beside the shape of an input and the number of classes.
LayerWidths = dict[str, tuple[int, ...]]


class ModelSettings(StrictModel):
    learner: ClassVar[str] = "gradient_descent"  # a name in folklore/schema/learners.py


class _Convolutional(ModelSettings):
    channels: Annotated[tuple[PositiveInt, ...], Field(min_length=1)] = (16, 32, 64)
    hidden: PositiveInt = 64
    dropout: Fraction = 0.0
    batch_norm: bool = False

    @property
    def layers(self) -> LayerWidths:
        widths = (*self.channels, self.hidden)
        names = [str(number) for number in range(1, len(widths))]
        found = {f"conv{name}": widths[max(place - 1, 0) : place + 1] for place, name in enumerate(names)}
        found["fc1"] = (widths[-2], len(self.channels), self.hidden)
        if self.batch_norm:
            found |= {f"bn{name}": (width,) for name, width in zip((*names, "_fc1"), widths, strict=True)}
        return found | {"fc2": (self.hidden,)}


class Cnn(_Convolutional):
    name: Literal["cnn"]


class ResidualCnn(_Convolutional):
    """The same with a way past each convolution, a 1×1 projection because the number of channels changes."""

    name: Literal["residual_cnn"]

    @property
    def layers(self) -> LayerWidths:
        ways = {name.replace("conv", "skip"): widths for name, widths in super().layers.items() if "conv" in name}
        return super().layers | ways


Activation = Literal["relu", "leaky_relu", "tanh", "sigmoid", "gelu", "identity"]


class Mlp(ModelSettings):
    name: Literal["mlp"]
    widths: Annotated[tuple[PositiveInt, ...], Field(min_length=1)] = (128, 64)
    depth: PositiveInt = 1  # how often `widths` is repeated: widths [16], depth 6 is a 6×16 network
    activation: Activation = "relu"
    dropout: Fraction | tuple[Fraction, ...] = 0.0  # after every hidden layer, or one number for each
    batch_norm: bool = False
    norm_momentum: Annotated[float, Field(gt=0, le=1)] = 0.1  # of batch norm's running statistics
    initialisation: Literal["default", "constant"] = "default"  # constant: every weight 0.01, every bias 0
    output: Literal["logits", "probabilities", "log_probabilities"] = "logits"  # what the loss takes for logits

    @property
    def layers(self) -> LayerWidths:
        widths = self.widths * self.depth
        places = range(len(widths))
        found: LayerWidths = {f"fc{place + 1}": widths[max(place - 1, 0) : place + 1] for place in places}
        if self.batch_norm:
            found |= {f"bn{place + 1}": (widths[place],) for place in places}
        return found | {"output": (widths[-1],)}

    @model_validator(mode="after")
    def _each_hidden_layer_has_its_dropout(self):
        hidden = len(self.widths) * self.depth
        if isinstance(self.dropout, tuple) and len(self.dropout) != hidden:
            raise ValueError(f"`dropout` lists {len(self.dropout)} fractions for {hidden} hidden layers")
        return self


class ResidualMlp(ModelSettings):
    """Hidden layers of one width, each but the first with a way past it."""

    name: Literal["residual_mlp"]
    width: PositiveInt = 16
    depth: PositiveInt = 6
    activation: Activation = "relu"
    batch_norm: bool = False

    @property
    def layers(self) -> LayerWidths:
        return Mlp(name="mlp", widths=(self.width,), depth=self.depth, batch_norm=self.batch_norm).layers


class Linear(ModelSettings):
    name: Literal["linear"]

    @property
    def layers(self) -> LayerWidths:
        return {"output": ()}


class Resnet18(ModelSettings):
    """With `width` channels in the first of its four stages, and twice as many in each after it; 64 as published."""

    name: Literal["resnet18"]
    width: PositiveInt = 64

    @property
    def layers(self) -> LayerWidths:
        return {"backbone": (self.width,), "output": (self.width,)}


# Weights that somebody published → the layers that they are for.
Pretrained = Literal["resnet18_imagenet"]
PRETRAINED: dict[str, LayerWidths] = {"resnet18_imagenet": {"backbone": (64,)}}


class Xgboost(ModelSettings):
    learner = "xgboost"
    name: Literal["xgboost"]
    rounds: PositiveInt = 200
    max_depth: PositiveInt = 6
    learning_rate: PositiveFloat = 0.3
    subsample: Annotated[float, Field(gt=0, le=1)] = 1.0


class Logistic(ModelSettings):
    learner = "logistic"
    name: Literal["logistic"]
    inverse_penalty: PositiveFloat = 1.0  # scikit-learn's C
    iterations: PositiveInt = 500


class FeatureLogistic(Logistic):
    """The same on the outputs of a network's layers before the last; their weights are a parent's."""

    learner = "feature_logistic"
    name: Literal["feature_logistic"]
    network: Resnet18

    @property
    def layers(self) -> LayerWidths:
        return {"backbone": self.network.layers["backbone"]}


Model = Annotated[
    Cnn | ResidualCnn | Mlp | ResidualMlp | Linear | Resnet18 | Xgboost | Logistic | FeatureLogistic,
    Field(discriminator="name"),
]

_MODELS: dict[str, type[ModelSettings]] = {
    get_args(kind.model_fields["name"].annotation)[0]: kind for kind in get_args(get_args(Model)[0])
}


def learner_of(model: str) -> str:
    """Return the name of the learner that fits a model; gradient descent for an unknown one."""
    return _MODELS.get(model, ModelSettings).learner
