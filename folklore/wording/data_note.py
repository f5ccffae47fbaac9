"""The footnote on the data of a figure."""

from collections.abc import Iterable, Mapping

from folklore.schema.data import Data
from folklore.schema.parents import Edge
from folklore.schema.recipe import Recipe


def note(used: Iterable[Recipe], recipes: Mapping[str, Recipe]) -> str:
    """Return the footnote on the training data, and on the data of pretraining.

    `recipes`: by identity, the parents among them.
    """
    used = list(used)
    return "; ".join(filter(None, [data_note(recipe.data for recipe in used), pretraining_note(used, recipes)]))


def data_note(used: Iterable[Data]) -> str:
    """Return `cifar10: stand-in data (embedded), 160–320 training examples` and so on, one sentence per dataset."""
    examples: dict[tuple[str, str], list[int]] = {}
    for data in used:
        examples.setdefault((data.name, data.source), []).append(data.train)
    return "; ".join(
        f"{name}: {_origin(source)}, {_span(counts)} training examples" for (name, source), counts in examples.items()
    )


def pretraining_note(used: Iterable[Recipe], recipes: Mapping[str, Recipe]) -> str:
    """Return a note such as `pretrained: on cifar10, local data`; empty if all parents learned from their child's set.

    A mask counts as pretraining, since it is made from trained weights.
    """
    edges = [(recipe, edge) for recipe in used for edge in recipe.parents.edges.values()]
    origins = dict.fromkeys(_pretraining(child, edge, recipes) for child, edge in edges)
    return "; ".join(f"pretrained: {origin}" for origin in origins if origin)


def _pretraining(child: Recipe, edge: Edge, recipes: Mapping[str, Recipe]) -> str | None:
    if edge.recipe is None:
        return f"published weights {edge.pretrained}"
    parent = recipes[edge.recipe].data
    return None if parent.name == child.data.name else f"on {parent.name}, {_origin(parent.source)}"


def _origin(source: str) -> str:
    return "stand-in data (embedded)" if source == "embedded" else f"{source} data"


def _span(counts: list[int]) -> str:
    low, high = min(counts), max(counts)
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
