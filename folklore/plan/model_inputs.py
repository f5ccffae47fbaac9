"""Check before training that a model accepts the inputs of its data set."""

from folklore.plan.data_size import data_size
from folklore.schema.models import MODELS
from folklore.schema.recipe import Recipe

_PLURALS = {"image": "images", "table": "rows of a table"}


def input_mismatch(recipe: Recipe) -> str | None:
    """Return an error message, or None. Inputs whose form only a user's file tells are checked when training starts."""
    kind = "image" if len(data_size(recipe.data).shape) == 3 else "table"
    if kind in recipe.model.inputs:
        return None
    taken = " or ".join(_PLURALS[each] for each in recipe.model.inputs)
    others = ", ".join(name for name, model in MODELS.items() if kind in model.inputs)
    return (
        f"model: {recipe.model.name!r} takes {taken}, and the inputs of data set {recipe.data.name!r} are "
        f"{_PLURALS[kind]}. Choose one of: {others}"
    )
