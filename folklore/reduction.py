"""A recipe of the published protocol within the limits of `scale: reduced`."""

from folklore.config import Reduced
from folklore.recipe import Recipe


def within(recipe: Recipe, limits: Reduced) -> Recipe:
    """Fewer examples and epochs where there are more than the limits allow; nothing else changes."""
    rows = {part: _least(getattr(recipe.data, part), getattr(limits, part)) for part in ("train", "validation", "test")}
    data = recipe.data.model_copy(update=rows)
    epochs = {} if recipe.epochs is None else {"epochs": _least(recipe.epochs, limits.epochs)}
    return recipe.model_copy(update={"data": data, **epochs})


def _least(asked: int | None, limit: int | None) -> int | None:
    return min((number for number in (asked, limit) if number is not None), default=None)
