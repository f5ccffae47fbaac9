"""The settings of a complete recipe, as a training job takes them, without pydantic, which a GPU machine may lack."""

CNN = {"name": "cnn", "channels": [16, 32, 64], "hidden": 64, "dropout": 0.0, "batch_norm": False}
MLP = {
    "name": "mlp",
    "activation": "relu",
    "dropout": 0.0,
    "batch_norm": False,
    "norm_momentum": 0.1,
    "initialisation": "default",
    "output": "logits",
}


def recipe_settings(model: dict, batch_size: int, epochs: int) -> dict:
    """Return plain SGD on a model, every other setting at its default."""
    return {
        "data": {"name": "random"},
        "model": model,
        "objective": {"name": "cross_entropy"},
        "optimiser": {"name": "sgd", "lr": 0.01, "momentum": 0.0, "nesterov": False, "weight_decay": 0.0},
        "schedule": {"name": "constant"},
        "batch_size": batch_size,
        "epochs": epochs,
        "shuffle": True,
        "dtype": "float32",
        "augmentation": dict.fromkeys(("flip", "shift", "rotation", "colour", "noise")),
        "parents": {},
        "trainable": None,
        "frozen_mode": "eval",
        "stop": None,
        "record": [],
    }
