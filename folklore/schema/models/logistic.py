"""Logistic: the settings of multinomial logistic regression."""

from math import prod
from typing import ClassVar, Literal

from pydantic import PositiveFloat, PositiveInt

from folklore.schema.models.model_settings import ModelSettings


class Logistic(ModelSettings):
    name: Literal["logistic"]
    inverse_penalty: PositiveFloat = 1.0  # scikit-learn's C
    iterations: PositiveInt = 500

    learner = "logistic"
    regression: ClassVar[str] = (
        "Multinomial logistic regression (scikit-learn, L-BFGS) with an L2 penalty of inverse strength "
        "C = {inverse_penalty}, at most {iterations} iterations"
    )
    phrase = regression + "."

    def fit_macs(self, rows: int, shape: tuple[int, ...], classes: int) -> float:
        return 2.0 * rows * prod(shape) * classes * self.iterations
