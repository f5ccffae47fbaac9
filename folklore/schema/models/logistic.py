"""Logistic: the settings of multinomial logistic regression."""

from math import prod
from typing import ClassVar, Literal

from pydantic import PositiveFloat, PositiveInt

from folklore.schema.models.model_settings import ModelSettings


class Logistic(ModelSettings):
    name: Literal["logistic"]
    C: PositiveFloat = 1.0  # inverse strength of the L2 penalty
    max_iter: PositiveInt = 500

    learner = "logistic"
    regression: ClassVar[str] = (
        "Multinomial logistic regression (scikit-learn, L-BFGS) with an L2 penalty of inverse strength "
        "C = {C}, at most {max_iter} iterations"
    )
    phrase = regression + "."

    def fit_macs(self, rows: int, shape: tuple[int, ...], classes: int) -> float:
        return 2.0 * rows * prod(shape) * classes * self.max_iter
