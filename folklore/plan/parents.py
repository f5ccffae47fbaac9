"""Parents: whether a child can start from the runs of its edges, judged from the recipes before anything is trained."""

from collections.abc import Collection

from folklore.execution.errors import unknown
from folklore.plan.identity import dataset_settings
from folklore.schema.parents import Edge, MaskEdge, TeacherEdge, WeightsEdge
from folklore.schema.pretrained import PRETRAINED
from folklore.schema.recipe import Recipe


def resolved_edge(edge: Edge, child: Recipe, parent: Recipe, identity: str) -> Edge:
    """Return the edge to a run of that identity, or to the published weights that replace the run.

    They replace it where it would learn from official data and the widths of their layers are those of the child. A
    narrower network, such as a demo's, starts from the run.
    """
    if isinstance(edge, WeightsEdge) and edge.official and parent.data.source == "official":
        published = PRETRAINED[edge.official].layer_widths
        ours = child.model.layers or {}
        if all(ours.get(layer) == published.get(layer) for layer in edge.layers):
            return WeightsEdge(pretrained=edge.official, layers=edge.layers)
    return edge.resolved(identity)


def parent_mismatch(edge: Edge, child: Recipe, parent: Recipe) -> str | None:
    """Return one sentence on why the child cannot start from the parent, with the fix; None if it can.

    Inputs and classes of different datasets may or may not agree; the child checks those when it starts.
    """
    if edge.checkpoint == "stopped" and parent.stop is None:
        return "checkpoint: expected one that the parent leaves; got 'stopped'. Add `stop` to its recipe"
    match edge:
        case WeightsEdge() | MaskEdge():
            return _differing_layers(edge.layers, child, parent)
        case TeacherEdge():
            return _unsuited_teacher(edge, child, parent)
    return None


def _differing_layers(asked: Collection[str] | None, child: Recipe, parent: Recipe) -> str | None:
    if parent.learner != "gradient_descent":
        return f"its model {parent.model.name!r} has no layers; take a variant trained by gradient descent"
    ours, theirs = child.model.layers, parent.model.layers
    if ours is None or theirs is None:
        return None
    for layer in asked or tuple(dict.fromkeys([*ours, *theirs])):
        if layer not in ours:
            return f"layers: {unknown('layer of the child', layer, ours)}"
        if layer not in theirs:
            return f"layers: {unknown('layer of the parent', layer, theirs)}"
        if ours[layer] != theirs[layer]:
            return (
                f"layer {layer!r} has another shape there: it follows from {theirs[layer]}, here from {ours[layer]}; "
                "give both models the same widths, or leave the layer out of `layers`"
            )
    return None


def _unsuited_teacher(edge: Edge, child: Recipe, teacher: Recipe) -> str | None:
    if teacher.learner != "gradient_descent" and edge.checkpoint != "last":
        return f"checkpoint: its model {teacher.model.name!r} leaves only 'last'; got {edge.checkpoint!r}"
    if dataset_settings(teacher.data) != dataset_settings(child.data):
        return "it learned from another dataset; teacher and child need the same `data`, apart from split and scaling"
    return None


def unknown_layer(recipe: Recipe) -> str | None:
    """Return a sentence on the first layer in `trainable` that the model is known not to have; None if it has all."""
    layers = recipe.model.layers
    foreign = [layer for layer in recipe.trainable or () if layers is not None and layer not in layers]
    return f"trainable: {unknown('layer', foreign[0], layers)}" if foreign else None
