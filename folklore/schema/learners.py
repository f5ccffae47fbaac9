"""Learners: the settings of a recipe that each takes besides `data` and `model`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LearnerSettings:
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # those that have no default


LEARNER_SETTINGS = {
    "gradient_descent": LearnerSettings(
        takes=(
            "optimiser", "schedule", "batch_size", "epochs", "shuffled", "precision", "augmentation", "parent",
            "trainable", "frozen", "record",
        ),
        needs=("optimiser", "batch_size", "epochs"),
    ),
    "xgboost": LearnerSettings(),
    "logistic": LearnerSettings(),
    "feature_logistic": LearnerSettings(takes=("parent",), needs=("parent",)),
}  # fmt: skip
