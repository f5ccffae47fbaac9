"""Scales a recipe down at `scale: reduced`: limits apply to the study's base, and all variants follow in proportion.

A variant with twice the examples or four times the epochs of the base keeps that ratio.
"""

from typing import Any

from folklore.schema.config import Reduced
from folklore.schema.recipe import Recipe


def scale_down(recipe: Recipe, base: dict[str, Any], limits: Reduced) -> Recipe:
    """`base` holds the blocks shared by the study's variants; settings missing there are taken from the recipe."""
    limits = limits.limits_of(recipe.data.name)
    shared = {"train": recipe.data.train, "validation": recipe.data.validation, **base.get("data", {})}
    examples = _share(shared["train"], limits.train)
    rows = {
        "train": _part(recipe.data.train, examples),
        "skip": _part(recipe.data.skip, examples),
        "validation": _part(recipe.data.validation, _share(shared["validation"], limits.validation)),
        "test": min(recipe.data.test or limits.test, limits.test) if limits.test else recipe.data.test,
    }
    changed: dict[str, Any] = {"data": recipe.data.model_copy(update=rows)}
    if recipe.epochs is not None:
        changed["epochs"] = _part(recipe.epochs, _share(base.get("epochs", recipe.epochs), limits.epochs))
    return recipe.model_copy(update=changed)


def _share(shared: int, limit: int | None) -> float:
    return min(1.0, limit / shared) if limit else 1.0


def _part(count: int, share: float) -> int:
    """Return the scaled count; at least 1 if the count is."""
    return max(round(count * share), min(count, 1))
