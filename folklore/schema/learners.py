"""Learners: the settings of a recipe that each takes besides `data` and `model`; `parents.{name}` is an edge."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LearnerSettings:
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # those that have no default

    @property
    def blocks(self) -> set[str]:
        """Return the settings at the top of a recipe."""
        return {setting.partition(".")[0] for setting in self.takes}


LEARNER_SETTINGS = {
    "gradient_descent": LearnerSettings(
        takes=(
            "optimiser", "schedule", "objective", "batch_size", "epochs", "shuffle", "dtype", "augmentation",
            "parents.weights", "parents.mask", "parents.teacher", "trainable", "frozen_mode", "stop", "record",
        ),
        needs=("optimiser", "batch_size", "epochs"),
    ),
    "xgboost": LearnerSettings(),
    "logistic": LearnerSettings(),
    "feature_logistic": LearnerSettings(takes=("parents.weights",), needs=("parents.weights",)),
}  # fmt: skip
