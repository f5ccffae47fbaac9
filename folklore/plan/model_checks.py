"""Check before training that a model can be built and accepts the inputs of its dataset."""

from folklore.plan.data_size import data_size
from folklore.schema.models import MODELS
from folklore.schema.recipe import Recipe

_PLURALS = {"image": "images", "table": "rows of a table"}


def model_error(recipe: Recipe) -> str | None:
    """Return the first error message on the model and the data that it is trained on, or None."""
    checks = (_wrong_kind, _too_small, _single_example, _code_error)
    return next(filter(None, (check(recipe) for check in checks)), None)


def _wrong_kind(recipe: Recipe) -> str | None:
    """Inputs whose form only a user's file determines are checked when training starts."""
    kind = "image" if len(data_size(recipe.data).shape) == 3 else "table"
    if kind in recipe.model.inputs:
        return None
    taken = " or ".join(_PLURALS[each] for each in recipe.model.inputs)
    others = ", ".join(name for name, model in MODELS.items() if kind in model.inputs)
    return (
        f"model: {recipe.model.name!r} takes {taken}, and the inputs of dataset {recipe.data.name!r} are "
        f"{_PLURALS[kind]}. Choose one of: {others}"
    )


def _too_small(recipe: Recipe) -> str | None:
    """The size of local images is known if they are cropped."""
    known = recipe.data.source != "local" or recipe.data.crop is not None
    error = recipe.network.size_error(data_size(recipe.data).shape) if recipe.network and known else None
    return error and f"model.{error}"


def _single_example(recipe: Recipe) -> str | None:
    """Batch normalisation cannot train on a mini-batch of one example."""
    if recipe.batch_size is None or recipe.network is None:
        return None
    rows, size = recipe.data.train, recipe.batch_size
    layers = recipe.network.batch_statistics(data_size(recipe.data).shape)
    trains = recipe.trainable is None or recipe.frozen_mode == "train" or not {*layers}.isdisjoint(recipe.trainable)
    if not layers or not trains or (rows % size or size) > 1:
        return None
    return (
        f"batch_size: the last mini-batch has 1 example, and batch normalisation in layer {layers[0]!r} needs 2: "
        f"expected another remainder of {rows} training examples by {size}. Change `batch_size` or `data.train`"
    )


def _code_error(recipe: Recipe) -> str | None:
    error = recipe.network and recipe.network.code_error()
    return error and f"model.{error}"
