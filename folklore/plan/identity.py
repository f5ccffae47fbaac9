"""Who is who: the identity of a recipe, of its data set and of its split."""

from typing import Any

from pydantic import BaseModel

from folklore.provenance.canonical import canonical, digest
from folklore.schema.recipe import SCHEMA, Data, Recipe

_SPLIT_SETTINGS = ("train", "validation", "test", "seed", "stratified", "skip", "swapped")
_NOT_OF_THE_DATASET = (*_SPLIT_SETTINGS, "scaling")


def settings(block: BaseModel) -> dict[str, Any]:
    """What a block says beyond its defaults."""
    return block.model_dump(mode="json", exclude_defaults=True)


def recipe_id(recipe: Recipe) -> str:
    return f"{recipe.data.name}-{recipe.model.name}-{digest(canonical([SCHEMA, settings(recipe)]))}"


def dataset_settings(data: Data) -> dict[str, Any]:
    return data.model_dump(mode="json", exclude_defaults=True, exclude=set(_NOT_OF_THE_DATASET))


def dataset_id(data: Data) -> str:
    return f"{data.name}-{data.source}-{digest(canonical([SCHEMA, dataset_settings(data)]))}"


def split_settings(data: Data) -> dict[str, Any]:
    return data.model_dump(mode="json", include=set(_SPLIT_SETTINGS))


def split_id(data: Data) -> str:
    return f"{data.name}-{data.train}-{data.validation}-{digest(canonical([dataset_id(data), split_settings(data)]))}"
