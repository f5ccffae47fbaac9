"""Mlp: the settings of a multi-layer perceptron."""

from math import prod
from typing import Annotated, Literal

from pydantic import Field, PositiveInt, model_validator

from folklore.schema.models.layer_cost import LayerCost, dense
from folklore.schema.models.model_settings import LayerWidths, ModelSettings
from folklore.schema.strict_model import Fraction

Activation = Literal["relu", "leaky_relu", "tanh", "sigmoid", "gelu", "identity"]

ACTIVATION_WORDS = {
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU (slope 0.01)",
    "gelu": "GELU",
    "identity": "the identity (no activation)",
}


class Mlp(ModelSettings):
    name: Literal["mlp"]
    widths: Annotated[tuple[PositiveInt, ...], Field(min_length=1)] = (128, 64)
    depth: PositiveInt = 1  # how often `widths` is repeated: widths [16], depth 6 is a 6×16 network
    activation: Activation = "relu"
    dropout: Fraction | tuple[Fraction, ...] = 0.0  # after every hidden layer, or one number for each
    batch_norm: bool = False
    norm_momentum: Annotated[float, Field(gt=0, le=1)] = 0.1  # of batch norm's running statistics
    initialisation: Literal["default", "constant"] = "default"  # constant: every weight 0.01, every bias 0
    output: Literal["logits", "probabilities", "log_probabilities"] = "logits"  # passed to the loss as logits

    phrase = (
        "Multi-layer perceptron on the flattened input: fully connected layers of {widths} units{depth:, the whole "
        "list repeated {depth} times}, each followed by {batch_norm:batch normalisation, }{activation}"
        "{dropout_by_layer: and dropout with probability {dropout_by_layer}}"
        "{norm_momentum:; the running statistics of batch normalisation have momentum {norm_momentum}}; "
        "then a linear layer to the logits{output:; the loss takes for logits {output}}."
    )
    words = ACTIVATION_WORDS | {
        "logits": "the logits themselves",
        "probabilities": "their softmax",
        "log_probabilities": "their log-softmax",
    }

    @property
    def dropout_by_layer(self) -> str | float | None:
        """Return the report's words for the dropout; None without any."""
        if isinstance(self.dropout, float):
            return self.dropout or None
        return f"{', '.join(f'{share:g}' for share in self.dropout)} (layer by layer)" if any(self.dropout) else None

    @property
    def layers(self) -> LayerWidths:
        widths = self.widths * self.depth
        found: LayerWidths = {f"fc{index + 1}": widths[max(index - 1, 0) : index + 1] for index in range(len(widths))}
        if self.batch_norm:
            found |= {f"bn{number}": (width,) for number, width in enumerate(widths, start=1)}
        return found | {"output": (widths[-1],)}

    @property
    def initial_weights(self) -> str:
        if self.initialisation == "constant":
            return "Every weight 0.01 and every bias 0, whatever the seed, so that all units of a layer begin alike."
        return super().initial_weights

    def batch_statistics(self, shape: tuple[int, ...]) -> tuple[str, ...]:  # noqa: ARG002
        return tuple(layer for layer in self.layers if layer.startswith("bn"))

    def layer_costs(self, shape: tuple[int, ...], classes: int) -> list[LayerCost]:
        return dense(prod(shape), *(self.widths * self.depth), classes)

    @model_validator(mode="after")
    def _each_hidden_layer_has_its_dropout(self):
        hidden = len(self.widths) * self.depth
        if isinstance(self.dropout, tuple) and len(self.dropout) != hidden:
            raise ValueError(f"`dropout` lists {len(self.dropout)} fractions for {hidden} hidden layers")
        return self
