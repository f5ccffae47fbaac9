"""Linear: softmax regression trained by gradient descent; it has no settings."""

from typing import Literal

from folklore.schema.models.model_settings import LayerWidths, ModelSettings


class Linear(ModelSettings):
    name: Literal["linear"]

    phrase = "Softmax regression: one linear layer from the flattened input to the logits."

    @property
    def layers(self) -> LayerWidths:
        return {"output": ()}
