"""How the weights of a network begin and which of them are trained, in words."""

from collections.abc import Sequence
from typing import Any

from folklore.recipe import Recipe
from folklore.report.numbers import setting

INITIALISATION = (
    "PyTorch’s default: the weights of a convolution or fully connected layer are Kaiming-uniform with a = √5, which "
    "is uniform on ±1/√(fan-in), its biases uniform on the same range; batch normalisation starts at scale 1, shift 0."
)


def inherited(recipe: Recipe) -> str:
    """What begins with the weights of another run; nothing without a parent."""
    parent = recipe.parent
    if parent is None:
        return ""
    seed = "the same seed" if parent.seed is None else f"seed {parent.seed}, whatever the child’s own"
    origin = f"from the {parent.weights} weights of run {parent.recipe} with {seed}"
    begun = (
        f"All layers start instead {origin}."
        if parent.layers is None
        else f"{_listed(parent.layers)} start instead {origin}; the other layers as above, from the child’s own seed."
    )
    return f"{begun} A child whose parent diverged, and so left no such weights, counts as diverged itself."


def frozen(recipe: Recipe, layers: Sequence[dict[str, Any]]) -> str:
    """What stays as it began; nothing where all layers are trained. `layers` are the rows of the facts."""
    still = [layer for layer in recipe.model.layers if layer not in recipe.trainable] if recipe.trainable else []
    if not still:
        return ""
    trained = sum(row["parameters"] for row in layers if row["layer"] in recipe.trainable)
    normalised = any(layer.startswith("bn") for layer in still)
    return (
        f"{_listed(still)} stay as they began{_STATISTICS if normalised else ''}. Left to train: "
        f"{_listed(recipe.trainable)}, with {setting(trained)} of the parameters."
    )


_STATISTICS = (
    "; they remain in evaluation mode while the others are trained, so that the running means and variances of their "
    "batch normalisation stay too, and are what it normalises with"
)


def _listed(layers: Sequence[str]) -> str:
    *first, last = layers
    return f"{', '.join(first)} and {last}" if first else last
