"""OPTIMISERS: name → the class of torch.optim; a recipe's settings are its keyword arguments."""

from collections.abc import Iterable
from typing import Any

from torch import optim
from torch.nn import Parameter

OPTIMISERS = {
    "sgd": optim.SGD,
    "adam": optim.Adam,
    "adamw": optim.AdamW,
    "adagrad": optim.Adagrad,
    "rmsprop": optim.RMSprop,
}

# One pass over all parameters instead of one a tensor; torch has no such kernel for RMSprop.
_FUSED = {"sgd", "adam", "adamw", "adagrad"}


def optimiser(parameters: Iterable[Parameter], settings: dict) -> optim.Optimizer:
    options = {key: value for key, value in settings.items() if key != "name"}
    if settings["name"] in _FUSED:
        options["fused"] = True
    return OPTIMISERS[settings["name"]](parameters, **options)


def set_learning_rate(used: optim.Optimizer, lr: float) -> None:
    for group in used.param_groups:
        group["lr"] = lr


def optimiser_state(used: optim.Optimizer) -> dict[str, Any]:
    """What it remembers from step to step, by the place of the parameter; nothing before the first."""
    return {str(place): memory for place, memory in used.state_dict()["state"].items()}


def load_optimiser_state(used: optim.Optimizer, memory: dict[str, Any]) -> None:
    used.load_state_dict(used.state_dict() | {"state": {int(place): kept for place, kept in memory.items()}})
