"""Identity of a recipe, of its dataset and of its split."""

from typing import Any

from pydantic import BaseModel

from folklore.provenance.canonical import canonical, digest
from folklore.schema.data import Data
from folklore.schema.recipe import SCHEMA, Recipe

_SPLIT_SETTINGS = ("train", "validation", "test", "seed", "stratified", "skip", "reverse")
_NOT_OF_THE_DATASET = (*_SPLIT_SETTINGS, "scaling", "label_noise", "path")
_PLACE = {"data": {"path"}}


def settings(block: BaseModel) -> dict[str, Any]:
    """Return the settings of a block that differ from their defaults."""
    return block.model_dump(mode="json", exclude_defaults=True)


def recipe_settings(recipe: Recipe) -> dict[str, Any]:
    """Return the settings that make up a recipe's identity: the content of local files counts, their path does not."""
    return recipe.model_dump(mode="json", exclude_defaults=True, exclude=_PLACE)


def complete_settings(recipe: Recipe) -> dict[str, Any]:
    """Return the same settings with those that have their default value."""
    return recipe.model_dump(mode="json", exclude=_PLACE)


def recipe_id(recipe: Recipe) -> str:
    return f"{recipe.data.name}-{recipe.model.name}-{digest(canonical([SCHEMA, recipe_settings(recipe)]))}"


def dataset_settings(data: Data) -> dict[str, Any]:
    return data.model_dump(mode="json", exclude_defaults=True, exclude=set(_NOT_OF_THE_DATASET))


def dataset_id(data: Data) -> str:
    return f"{data.name}-{data.source}-{digest(canonical([SCHEMA, dataset_settings(data)]))}"


def split_settings(data: Data) -> dict[str, Any]:
    return data.model_dump(mode="json", include=set(_SPLIT_SETTINGS))


def split_id(data: Data) -> str:
    return f"{data.name}-{data.train}-{data.validation}-{digest(canonical([dataset_id(data), split_settings(data)]))}"
