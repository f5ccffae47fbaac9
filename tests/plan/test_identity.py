"""An identity leaves defaults out, so they must stay what they are."""

from folklore.schema import optimisers, parents, recipe, schedules
from folklore.schema.models import MODELS


def test_changing_a_default_of_the_vocabulary_asks_for_a_new_schema():
    """Identities leave defaults out, so old runs would change their meaning in silence. Adding a setting is fine."""
    models = {model.__name__: model for model in MODELS.values()}
    defaults = {
        f"{name}.{key}": field.default
        for name, block in (models | vars(optimisers) | vars(schedules) | vars(parents) | vars(recipe)).items()
        if isinstance(block, type) and issubclass(block, recipe.StrictModel) and block is not recipe.StrictModel
        for key, field in block.model_fields.items()
        if not field.is_required()
    }
    assert recipe.SCHEMA == 2
    known = {
        "Data.seed": 0, "Data.stratified": False, "Data.scaling": "unit", "Data.test": None,
        "Cnn.channels": (16, 32, 64), "Cnn.hidden": 64, "Cnn.dropout": 0.0, "Cnn.batch_norm": False,
        "Mlp.widths": (128, 64), "Mlp.depth": 1, "Mlp.activation": "relu", "Mlp.dropout": 0.0, "Mlp.batch_norm": False,
        "Xgboost.n_estimators": 200, "Xgboost.max_depth": 6, "Xgboost.learning_rate": 0.3, "Xgboost.subsample": 1.0,
        "Logistic.C": 1.0, "Logistic.max_iter": 500,
        "Sgd.momentum": 0.0, "Sgd.nesterov": False, "Sgd.weight_decay": 0.0, "Adam.betas": (0.9, 0.999),
        "Adam.weight_decay": 0.0, "AdamW.weight_decay": 0.01, "Adagrad.weight_decay": 0.0, "RmsProp.alpha": 0.99,
        "LinearDecay.end": 0.0, "Cosine.end": 0.0, "Edge.checkpoint": "last", "MaskEdge.scope": "layer",
    }  # fmt: skip
    assert {name: defaults[name] for name in known} == known
