"""Whether a network for images gets some, told from its recipe before anything is trained."""

from folklore.plan.data_size import data_size
from folklore.schema.models import Cnn, ResidualCnn, Resnet18
from folklore.schema.recipe import Recipe


def input_mismatch(recipe: Recipe) -> str | None:
    """What is wrong, and what would be right. What the file of one's own data set holds, the training looks at."""
    shape = data_size(recipe.data).shape
    if len(shape) == 3 or not isinstance(recipe.network, Cnn | ResidualCnn | Resnet18):
        return None
    return (
        f"model: {recipe.network.name!r} takes images, and data set {recipe.data.name!r} has {shape[0]} features; "
        "mlp, residual_mlp, linear, xgboost and logistic take those"
    )
