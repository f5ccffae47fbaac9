"""FeatureLogistic: the settings of logistic regression on the features of a trained network."""

from typing import Literal

from folklore.schema.models.logistic import Logistic
from folklore.schema.models.model_settings import LayerWidths
from folklore.schema.models.resnet18 import Resnet18


class FeatureLogistic(Logistic):
    """Its inputs are the outputs of a network's layers before the last, with the weights of a parent."""

    name: Literal["feature_logistic"]
    network: Resnet18

    learner = "feature_logistic"
    inputs = ("image",)
    phrase = Logistic.regression + (
        "; its inputs are the pooled features of a ResNet-18 in evaluation mode, with the weights of its parent."
    )

    @property
    def layers(self) -> LayerWidths:
        return {"backbone": self.network.layers["backbone"]}

    def fit_macs(self, rows: int, shape: tuple[int, ...], classes: int) -> float:
        forward = sum(layer.multiply_adds for layer in self.network.layer_costs(shape, classes))
        return float(rows * forward) + super().fit_macs(rows, (self.network.features,), classes)
