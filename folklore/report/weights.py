"""Sentences on the weights that a network takes from a parent, and on those that stay frozen."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from folklore.schema.parents import Edge, MaskEdge, TeacherEdge, WeightsEdge
from folklore.schema.recipe import Recipe
from folklore.wording.numbers import setting
from folklore.wording.phrases import in_plain_words, listed


def inherited(recipe: Recipe) -> str:
    """Return what the run takes from other runs or from published weights; empty without parents."""
    edges = recipe.parents.edges
    said = [_EDGES[name](edge) for name, edge in edges.items()]
    if any(edge.recipe for edge in edges.values()):
        said.append("A child whose parent diverged counts as diverged.")
    return " ".join(said)


def _start(edge: WeightsEdge) -> str:
    if edge.pretrained:
        origin = f"from the published weights {edge.pretrained}, whatever the seed"
    else:
        origin = f"from the {_run(edge)}"
    if edge.layers is None:
        return f"All layers start instead {origin}."
    verb = "start" if len(edge.layers) > 1 else "starts"
    return f"{listed(edge.layers)} {verb} instead {origin}; the other layers as above, from the child’s seed."


def _mask(edge: MaskEdge) -> str:
    layers = "all layers" if edge.layers is None else listed(edge.layers)
    groups = "of each weight tensor" if edge.scope == "layer" else "of all these weights together"
    return (
        f"Pruned: {edge.amount:.0%} {groups} in {layers}, those of the smallest magnitude in the {_run(edge)}, besides "
        "the weights that were pruned there. Pruned weights are 0 from the start and after every step; biases and "
        "batch normalisation are not pruned."
    )


def _teacher(edge: TeacherEdge) -> str:
    return f"The teacher’s logits of the training examples, not augmented, are those of the {_run(edge)}."


def _run(edge: Edge) -> str:
    seed = "the same seed" if edge.seed is None else f"seed {edge.seed}, whatever the child’s seed"
    return f"{edge.checkpoint} weights of run {edge.recipe} with {seed}"


_EDGES = {"weights": _start, "mask": _mask, "teacher": _teacher}


def frozen(recipe: Recipe, layers: Sequence[dict[str, Any]]) -> str:
    """Return the layers that are not trained; empty if all are. `layers` are the rows of the facts."""
    if recipe.trainable is None:
        return ""
    sizes: Counter[str] = Counter()
    for row in layers:
        if row["parameters"]:
            sizes[row["layer"].partition(".")[0]] += row["parameters"]
    still = [layer for layer in sizes if layer not in recipe.trainable]
    if not still:
        return ""
    trained = sum(size for layer, size in sizes.items() if layer in recipe.trainable)
    normalised = any(layer.startswith(("bn", "backbone")) for layer in still)
    stay = "keep their initial values" if len(still) > 1 else "keeps its initial values"
    statistics = in_plain_words(recipe.frozen_mode, _STATISTICS) if normalised else ""
    return (
        f"{listed(still)} {stay}{statistics}. Trained layers: {listed(recipe.trainable)}, with {setting(trained)} "
        "parameters."
    )


_STATISTICS = {
    "eval": ", in evaluation mode during training: batch normalisation there normalises by its running statistics, "
    "which do not change",
    "train": ", in training mode during training: batch normalisation there normalises by the statistics of each "
    "mini-batch, and its running statistics change",
}
