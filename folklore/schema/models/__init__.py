"""Models: the settings of each by its name.

A new model is a file here, a builder of the same name in folklore/models, and a line below. Training never reads this
package, so a model's settings and words can change without retraining.
"""

from pkgutil import resolve_name
from typing import Annotated, Union

from pydantic import Field

from folklore.schema.models.model_settings import ModelSettings

_CLASSES = {
    "cnn": "folklore.schema.models.cnn:Cnn",
    "residual_cnn": "folklore.schema.models.residual_cnn:ResidualCnn",
    "mlp": "folklore.schema.models.mlp:Mlp",
    "residual_mlp": "folklore.schema.models.residual_mlp:ResidualMlp",
    "linear": "folklore.schema.models.linear:Linear",
    "resnet18": "folklore.schema.models.resnet18:Resnet18",
    "own": "folklore.schema.models.own:Own",
    "xgboost": "folklore.schema.models.xgboost:Xgboost",
    "logistic": "folklore.schema.models.logistic:Logistic",
    "feature_logistic": "folklore.schema.models.feature_logistic:FeatureLogistic",
}

MODELS: dict[str, type[ModelSettings]] = {name: resolve_name(target) for name, target in _CLASSES.items()}

Model = Annotated[Union[tuple(MODELS.values())], Field(discriminator="name")]  # noqa: UP007


def learner_of(model: str) -> str:
    """Return the name of the learner that fits a model; gradient descent for an unknown one."""
    return MODELS.get(model, ModelSettings).learner
