"""Estimate the multiply-adds of a run from its recipe, within a factor of a few; used to compare runs of one kind."""

from folklore.plan.data_size import data_size
from folklore.schema.augmentation import Augmentation
from folklore.schema.models.layer_cost import LayerCost
from folklore.schema.recipe import Recipe

# A step costs one forward pass, and a backward pass of about two; the training set is then evaluated once more.
_PASSES = 4
# Multiply-adds that gathering, scaling, loss and the calls of a mini-batch take per example, apart from the layers.
_EXAMPLE = 25_000


def count_macs(recipe: Recipe) -> float:
    """Return the multiply-adds of one run."""
    size, rows = data_size(recipe.data), recipe.data.train
    if recipe.learner != "gradient_descent":
        return recipe.model.fit_macs(rows, size.shape, size.classes)
    per_epoch = _forward_macs(layers_in_a_step(recipe)) + _EXAMPLE
    return float(rows * (_forward_macs(layers(recipe)) + _PASSES * recipe.epochs * per_epoch))


def layers(recipe: Recipe) -> list[LayerCost]:
    """Return the layers of the recipe's network; empty if it trains none."""
    size = data_size(recipe.data)
    return recipe.network.layer_costs(size.shape, size.classes) if recipe.network else []


def layers_in_a_step(recipe: Recipe) -> list[LayerCost]:
    """Return the layers without a frozen front, whose outputs are computed once."""
    found = layers(recipe)
    first = next(iter(recipe.network.layers or {}), None) if recipe.network else None
    frozen = recipe.trainable is not None and first not in recipe.trainable and recipe.frozen_mode == "eval"
    return found[-1:] if frozen and recipe.augmentation == Augmentation() else found


def _forward_macs(passed: list[LayerCost]) -> int:
    return sum(layer.multiply_adds for layer in passed)
