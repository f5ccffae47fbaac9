"""Xgboost: the settings of gradient-boosted trees."""

from math import prod
from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from folklore.schema.models.model_settings import ModelSettings

# Multiply-adds per value of a row, level and tree.
_BIN = 60


class Xgboost(ModelSettings):
    name: Literal["xgboost"]
    n_estimators: PositiveInt = 200
    max_depth: PositiveInt = 6
    learning_rate: PositiveFloat = 0.3
    subsample: Annotated[float, Field(gt=0, le=1)] = 1.0

    learner = "xgboost"
    phrase = (
        "Gradient-boosted trees (XGBoost, objective multi:softprob, one tree per class and round): {n_estimators} "
        "rounds, depth at most {max_depth}, shrinkage {learning_rate}, {subsample} of the rows sampled for each round; "
        "all else at XGBoost’s defaults, and the training seed as XGBoost’s."
    )

    def fit_macs(self, rows: int, shape: tuple[int, ...], classes: int) -> float:
        return float(_BIN * rows * prod(shape) * classes * self.n_estimators * self.max_depth)
