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

# One pass over all parameters instead of one per tensor; torch has no such kernel for RMSprop.
_FUSED = {"sgd", "adam", "adamw", "adagrad"}


def build_optimiser(parameters: Iterable[Parameter], settings: dict) -> optim.Optimizer:
    options = {key: value for key, value in settings.items() if key != "name"}
    if settings["name"] in _FUSED:
        options["fused"] = True
    return OPTIMISERS[settings["name"]](parameters, **options)


def set_learning_rate(optimiser: optim.Optimizer, lr: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = lr


def optimiser_state(optimiser: optim.Optimizer) -> dict[str, Any]:
    """Return the optimiser's state by parameter index; empty before the first step."""
    return {str(index): state for index, state in optimiser.state_dict()["state"].items()}


def load_optimiser_state(optimiser: optim.Optimizer, states: dict[str, Any]) -> None:
    by_index = {int(index): state for index, state in states.items()}
    optimiser.load_state_dict(optimiser.state_dict() | {"state": by_index})
