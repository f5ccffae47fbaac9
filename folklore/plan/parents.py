"""Whether a child can start from its parent's weights, told from their recipes before anything is trained."""

from folklore.execution.errors import unknown
from folklore.schema.models import PRETRAINED
from folklore.schema.recipe import PublishedParent, Recipe


def published_parent(child: Recipe, parent: Recipe) -> PublishedParent | None:
    """The published weights that stand in for a run: where it would learn from official data, and the widths agree.

    A narrower network, such as a demonstration's, has to make do with the run.
    """
    weights, layers = child.parent.official, child.parent.layers
    if weights is None or parent.data.source != "official":
        return None
    fits = all(child.model.layers[layer] == PRETRAINED[weights].get(layer) for layer in layers)
    return PublishedParent(pretrained=weights, layers=layers) if fits else None


def parent_mismatch(child: Recipe, parent: Recipe) -> str | None:
    """What is wrong, and what would be right. The child has a parent, and takes gradient steps.

    Inputs and classes of different data sets may or may not agree; the training itself looks at those.
    """
    if parent.learner != "gradient_descent":
        return (
            f"its model {parent.model.name!r} has no layers to start from; take one that is trained by gradient steps"
        )
    ours, theirs = child.model.layers, parent.model.layers
    asked = child.parent.layers or tuple(dict.fromkeys([*ours, *theirs]))
    for layer in asked:
        if layer not in ours:
            return f"layers: {unknown('layer of the child', layer, ours)}"
        if layer not in theirs:
            return f"layers: {unknown('layer of the parent', layer, theirs)}"
        if ours[layer] != theirs[layer]:
            return (
                f"layer {layer!r} has another shape there: it follows from {theirs[layer]}, here from {ours[layer]}; "
                "give both models the same widths, or leave the layer out of `parent.layers`"
            )
    return None


def unknown_layer(recipe: Recipe) -> str | None:
    """The first layer that `trainable` names and the model has not."""
    foreign = [layer for layer in recipe.trainable or () if layer not in recipe.model.layers]
    return f"trainable: {unknown('layer', foreign[0], recipe.model.layers)}" if foreign else None
