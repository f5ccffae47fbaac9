"""A recipe written as JSON validates again to the same recipe, whatever its model and its settings."""

from typing import get_args

import pytest
from pydantic import BaseModel, ValidationError

from folklore.schema.learners import LEARNER_SETTINGS
from folklore.schema.models import Model
from folklore.schema.optimisers import Optimiser
from folklore.schema.recipe import Recipe
from folklore.schema.schedules import Schedule

DATA = {"name": "mnist", "source": "embedded", "train": 40, "validation": 20}
STEPS = {"data": DATA, "optimiser": {"name": "sgd", "lr": 0.1}, "batch_size": 16, "epochs": 2}
MLP = {"name": "mlp", "widths": [8, 4], "dropout": [0.1, 0.2]}
RUN = {"recipe": "mnist-mlp-0123456789", "checkpoint": "best", "layers": ["fc1"], "seed": 3}
PARENTS = {
    "named": {"weights": {"study": "s", "variant": "v", "layers": ["backbone"], "official": "resnet18_imagenet"}},
    "resolved": {"weights": RUN},
    "published": {"weights": {"pretrained": "resnet18_imagenet", "layers": ["backbone"]}},
}
NEEDED = STEPS | {"parents.weights": PARENTS["published"]}
# Required settings of blocks, by name of the setting.
REQUIRED = {
    "build": "my_models.py:build",
    "lr": 0.1,
    "k": 0.5,
    "factor": 0.5,
    "every": 2,
    "network": {"name": "resnet18"},
}


def kinds(union) -> list[type[BaseModel]]:
    return list(get_args(get_args(union)[0]))


def block(kind: type[BaseModel]) -> dict:
    """The smallest block of a kind: its name and the settings that have no default."""
    required = {key: REQUIRED[key] for key, field in kind.model_fields.items() if field.is_required() and key != "name"}
    return {"name": get_args(kind.model_fields["name"].annotation)[0], **required}


RECIPES = {
    **{
        f"model {kind.__name__}": {"data": DATA, "model": block(kind)}
        | {key.partition(".")[0]: NEEDED[key] for key in LEARNER_SETTINGS[kind.learner].needs}
        for kind in kinds(Model)
    },
    **{
        f"{key} {kind.__name__}": STEPS | {"model": MLP, key: block(kind)}
        for key, union in (("optimiser", Optimiser), ("schedule", Schedule))
        for kind in kinds(union)
    },
    **{f"{name} parents": STEPS | {"model": MLP, "parents": parents} for name, parents in PARENTS.items()},
    "masks and teachers": STEPS
    | {
        "model": MLP,
        "objective": {"name": "distillation", "alpha": 0.5},
        "parents": {
            "mask": RUN | {"amount": 0.5, "scope": "global"},
            "teacher": {"study": "s", "variant": "v", "checkpoint": "best"},
        },
    },
    "penalty and early stopping": STEPS
    | {"model": MLP, "objective": {"name": "penalised_cross_entropy", "l1": 0.1}, "stop": {"patience": 3}},
    "augmentation": STEPS | {"model": MLP, "augmentation": {"flip": {"horizontal": 0.5}, "noise": {"sd": 0.1}}},
    "changed defaults": STEPS
    | {"model": MLP, "shuffle": False, "dtype": "float64", "trainable": ["fc1"], "record": ["gradients"]},
}


@pytest.mark.parametrize("name", RECIPES)
def test_a_dumped_recipe_validates_to_an_equal_one(name):
    recipe = Recipe.model_validate(RECIPES[name])
    assert Recipe.model_validate(recipe.model_dump(mode="json")) == recipe
    assert Recipe.model_validate(recipe.model_dump(mode="json", exclude_defaults=True)) == recipe


@pytest.mark.parametrize("kind", [kind for kind in kinds(Model) if kind.learner != "gradient_descent"])
def test_a_learner_refuses_settings_that_it_does_not_take(kind):
    recipe = RECIPES[f"model {kind.__name__}"]
    with pytest.raises(ValidationError, match=f"trained by {kind.learner}, takes no batch_size, epochs"):
        Recipe.model_validate(recipe | {"batch_size": 16, "epochs": 2})


def test_a_learner_names_every_setting_that_is_missing():
    with pytest.raises(ValidationError, match="needs: optimiser, batch_size, epochs"):
        Recipe.model_validate({"data": DATA, "model": MLP})


@pytest.mark.parametrize(
    ("edge", "fault"),
    [
        ({"study": "s"}, "needs both `study` and `variant`"),
        ({}, "needs the `study` and the `variant` of one run"),
        ({"study": "s", "variant": "v", "recipe": "r"}, "needs the `study` and the `variant` of one run"),
        ({"study": "s", "variant": "v", "official": "resnet18_imagenet"}, "name the `layers` to take from them"),
    ],
)
def test_an_edge_leads_to_exactly_one_run(edge, fault):
    with pytest.raises(ValidationError, match=fault):
        Recipe.model_validate(STEPS | {"model": MLP, "parents": {"weights": edge}})
