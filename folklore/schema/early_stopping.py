"""Early stopping: a rule by which training would have ended before its budget."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from folklore.schema.strict_model import StrictModel


class EarlyStopping(StrictModel):
    """The run trains its full budget, and its checkpoint `stopped` holds the weights that this rule would have kept.

    Those are the weights of the last gain before `patience` epochs in a row without one; without such a pause, the
    weights of the last gain.
    """

    metric: Literal["validation_loss", "validation_accuracy", "train_loss", "train_accuracy"] = "validation_loss"
    patience: PositiveInt = 5  # epochs
    min_gain: Annotated[float, Field(ge=0)] = 0.0  # a smaller improvement on the best value is no gain
