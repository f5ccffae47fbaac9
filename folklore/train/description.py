"""What can be said of a recipe without training it: its rates, its scaled inputs, the layers of its model."""

from typing import Any

from folklore.models import MODELS
from folklore.train.examples import Examples, channel_statistics
from folklore.train.layers import layers
from folklore.train.network import build_model
from folklore.train.schedules import learning_rates


def describe(settings: dict[str, Any], data: Examples, budget: int | None) -> dict[str, Any]:
    """`budget`: epochs over which the learning rate is traced; none for a learner without epochs."""
    mean, deviation = channel_statistics(data.scaling.apply(data.inputs["train"]))
    model = (
        build_model(settings["model"], data.inputs["train"].shape[1:], data.classes) if _has_layers(settings) else None
    )
    return {
        "lr": learning_rates(settings["optimiser"]["lr"], settings["schedule"], budget) if budget else [],
        "inputs": {"mean": mean.tolist(), "sd": deviation.tolist()},
        "layers": layers(model, data.inputs["train"].shape[1:]) if model else [],
        "weights": {name: tensor.numel() for name, tensor in model.named_parameters()} if model else {},
    }


def _has_layers(settings: dict[str, Any]) -> bool:
    return settings["model"]["name"] in MODELS
