"""How the weights of a network begin and which of them are trained, in words."""

from collections.abc import Sequence
from typing import Any

from folklore.schema.models import Mlp, Resnet18
from folklore.schema.recipe import PublishedParent, Recipe
from folklore.wording.numbers import setting
from folklore.wording.phrases import in_plain_words

_USUAL = (
    "PyTorch’s default: the weights of a convolution or fully connected layer are Kaiming-uniform with a = √5, which "
    "is uniform on ±1/√(fan-in), its biases uniform on the same range; batch normalisation starts at scale 1, shift 0."
)
_CONSTANT = "Every weight 0.01 and every bias 0, whatever the seed, so that all units of a layer begin alike."
_RESNET = (
    "The weights of a convolution are Kaiming-normal by its outputs, of standard deviation √(2 / fan-out); batch "
    "normalisation starts at scale 1, shift 0. The last layer has PyTorch’s default, uniform on ±1/√(fan-in)."
)


def initialised(recipe: Recipe) -> str:
    match recipe.model:
        case Mlp(initialisation="constant"):
            return _CONSTANT
        case Resnet18():
            return _RESNET
    return _USUAL


def inherited(recipe: Recipe) -> str:
    """What begins with the weights of another run, or with published ones; nothing without a parent."""
    match recipe.parent:
        case None:
            return ""
        case PublishedParent() as parent:
            return _begun(parent.layers, f"from the published weights {parent.pretrained}, whatever the seed")
        case parent:
            seed = "the same seed" if parent.seed is None else f"seed {parent.seed}, whatever the child’s own"
            begun = _begun(parent.layers, f"from the {parent.weights} weights of run {parent.recipe} with {seed}")
            return f"{begun} A child whose parent diverged, and so left no such weights, counts as diverged itself."


def _begun(layers: Sequence[str] | None, origin: str) -> str:
    if layers is None:
        return f"All layers start instead {origin}."
    verb = "start" if len(layers) > 1 else "starts"
    return f"{_listed(layers)} {verb} instead {origin}; the other layers as above, from the child’s own seed."


def frozen(recipe: Recipe, layers: Sequence[dict[str, Any]]) -> str:
    """What stays as it began; nothing where all layers are trained. `layers` are the rows of the facts."""
    still = [layer for layer in recipe.model.layers if layer not in recipe.trainable] if recipe.trainable else []
    if not still:
        return ""
    trained = sum(row["parameters"] for row in layers if row["layer"] in recipe.trainable)
    normalised = any(layer.startswith(("bn", "backbone")) for layer in still)
    stay = "stay as they began" if len(still) > 1 else "stays as it began"
    return (
        f"{_listed(still)} {stay}{in_plain_words(recipe.frozen, _STATISTICS) if normalised else ''}. Left to train: "
        f"{_listed(recipe.trainable)}, with {setting(trained)} of the parameters."
    )


_STATISTICS = {
    "evaluation": ", in evaluation mode while the others are trained, so that the running means and variances of batch "
    "normalisation there stay too, and are what it normalises with",
    "training": ", but in training mode while the others are trained, so that batch normalisation there goes by each "
    "mini-batch’s own means and variances, and its running ones move",
}


def _listed(layers: Sequence[str]) -> str:
    *first, last = layers
    return f"{', '.join(first)} and {last}" if first else last
