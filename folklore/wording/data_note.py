"""What every figure says of the data that it was drawn from."""

from collections.abc import Iterable, Mapping

from folklore.schema.recipe import Data, PublishedParent, Recipe


def note(used: Iterable[Recipe], recipes: Mapping[str, Recipe]) -> str:
    """On the data that were learned from, and on those that the parents had learned from before.

    `recipes`: by identity, the parents among them.
    """
    used = list(used)
    return "; ".join(filter(None, [data_note(recipe.data for recipe in used), pretraining_note(used, recipes)]))


def data_note(used: Iterable[Data]) -> str:
    """Such as `cifar10: stand-in data (embedded), 160–320 examples to train on`; a sentence a data set."""
    examples: dict[tuple[str, str], list[int]] = {}
    for data in used:
        examples.setdefault((data.name, data.source), []).append(data.train)
    return "; ".join(
        f"{name}: {_origin(source)}, {_span(counts)} examples to train on"
        for (name, source), counts in examples.items()
    )


def pretraining_note(used: Iterable[Recipe], recipes: Mapping[str, Recipe]) -> str:
    """Such as `pretrained: on cifar10, local data`; nothing where all parents learned from the set of their child."""
    origins = {_pretraining(recipe, recipes): None for recipe in used if recipe.parent is not None}
    return "; ".join(f"pretrained: {origin}" for origin in origins if origin)


def _pretraining(child: Recipe, recipes: Mapping[str, Recipe]) -> str | None:
    if isinstance(child.parent, PublishedParent):
        return f"published weights {child.parent.pretrained}"
    parent = recipes[child.parent.recipe].data
    return None if parent.name == child.data.name else f"on {parent.name}, {_origin(parent.source)}"


def _origin(source: str) -> str:
    return "stand-in data (embedded)" if source == "embedded" else f"{source} data"


def _span(counts: list[int]) -> str:
    low, high = min(counts), max(counts)
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
