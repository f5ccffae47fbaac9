"""Recipe: one complete way to train. Run: a recipe with a seed.

A recipe's identity omits defaults, so a new setting with a neutral default keeps all identities. Changing an existing
default changes the meaning of old runs: raise SCHEMA with it.
"""

from typing import Literal

from pydantic import PositiveInt, model_validator

from folklore.schema.augmentation import Augmentation
from folklore.schema.data import Count, Data
from folklore.schema.early_stopping import EarlyStopping
from folklore.schema.learners import LEARNER_SETTINGS
from folklore.schema.models import Model
from folklore.schema.objectives import CrossEntropy, Distillation, Objective
from folklore.schema.optimisers import Optimiser
from folklore.schema.parents import LayerNames, Parents
from folklore.schema.schedules import Constant, Schedule
from folklore.schema.snapshot import RecorderName
from folklore.schema.strict_model import StrictModel

SCHEMA = 2


class Recipe(StrictModel):
    data: Data
    model: Model
    optimiser: Optimiser | None = None
    schedule: Schedule = Constant()
    objective: Objective = CrossEntropy()
    batch_size: PositiveInt | None = None
    epochs: PositiveInt | None = None
    shuffle: bool = True  # a new order in every epoch; False: the order of the split
    dtype: Literal["float32", "float64"] = "float32"  # of weights, activations and gradients
    augmentation: Augmentation = Augmentation()
    parents: Parents = Parents()
    trainable: LayerNames | None = None  # layers; None: all; the rest stay as they began
    frozen_mode: Literal["eval", "train"] = "eval"  # of frozen layers; in train mode batch norm follows the batches
    stop: EarlyStopping | None = None
    record: tuple[RecorderName, ...] = ()

    @property
    def learner(self) -> str:
        return self.model.learner

    @property
    def checkpoints(self) -> tuple[str, ...]:
        """Return the checkpoints whose scores a run of this recipe leaves."""
        if self.learner != "gradient_descent":
            return "last", "best"
        return "initial", "last", "best", *(["stopped"] if self.stop else [])

    @property
    def network(self) -> Model | None:
        """Return the network to train or to take features from; None if the learner uses no network."""
        return self.model if self.learner == "gradient_descent" else getattr(self.model, "network", None)

    @model_validator(mode="after")
    def _settings_suit_the_learner(self):
        learner, subject = LEARNER_SETTINGS[self.learner], f"model {self.model.name!r}, trained by {self.learner},"
        edges = tuple(f"parents.{name}" for name in self.parents.edges)
        given = [name for name in Recipe.model_fields if name != "parents" and _is_changed(self, name)]
        if missing := [name for name in learner.needs if name not in (*given, *edges)]:
            raise ValueError(f"{subject} needs: {', '.join(missing)}")
        if surplus := sorted({*given, *edges}.difference(learner.takes, ("data", "model"))):
            raise ValueError(f"{subject} takes no {', '.join(surplus)}")
        return self

    @model_validator(mode="after")
    def _distillation_has_a_teacher(self):
        distils = isinstance(self.objective, Distillation)
        if distils and self.parents.teacher is None:
            raise ValueError("`objective: distillation` needs a `parents.teacher`")
        if self.parents.teacher is not None and not distils:
            raise ValueError(f"`parents.teacher` needs the objective 'distillation'; got {self.objective.name!r}")
        return self


def _is_changed(recipe: Recipe, setting: str) -> bool:
    """Return False for a setting that spells its default out."""
    return getattr(recipe, setting) != Recipe.model_fields[setting].default


class Run(StrictModel):
    recipe: str  # identity of the recipe, a folder name
    seed: Count
