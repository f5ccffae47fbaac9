"""What can be said of a recipe without training it: its rates, its scaled inputs, the layers of its model."""

from typing import Any

import numpy as np
import torch

from folklore.train.examples import Examples, channel_statistics
from folklore.train.model_summary import model_summary
from folklore.train.network import build_model
from folklore.train.schedules import learning_rates
from folklore.train.scores import finite

_COMPARED = 500  # training examples, from the front


def describe(settings: dict[str, Any], data: Examples, budget: int | None) -> dict[str, Any]:
    """`budget`: epochs over which the learning rate is traced; none for a learner without epochs."""
    model = build_model(settings["model"], data.input_spec, data.classes) if _has_layers(settings) else None
    return {
        "lr": learning_rates(settings["optimiser"]["lr"], settings["schedule"], budget) if budget else [],
        "layers": model_summary(model, data.input_spec) if model else [],
        "weights": {name: tensor.numel() for name, tensor in model.named_parameters()} if model else {},
    }


def describe_data(data: Examples) -> dict[str, Any]:
    """The same for all variants that share their data, their split and its scaling."""
    mean, deviation = channel_statistics(data.scaling.apply(data.inputs["train"]))
    some = data.scaling.apply(data.inputs["train"][:_COMPARED])
    return {
        "inputs": {"mean": mean.tolist(), "sd": deviation.tolist()},
        "class_distance": class_distance(some, data.labels["train"][:_COMPARED]),
    }


def class_distance(inputs: np.ndarray, labels: np.ndarray) -> float | None:
    """Mean Euclidean distance of two inputs [n, …] of different classes less that of two of one class; None where there
    are not both."""
    flat = torch.from_numpy(inputs).flatten(start_dim=1)
    one, other = torch.triu_indices(len(labels), len(labels), offset=1)
    alike = torch.from_numpy(labels[one] == labels[other])
    distances = torch.nn.functional.pdist(flat)  # of the same pairs, in the same order
    excess = distances[~alike].double().mean() - distances[alike].double().mean()
    return finite(excess.item())


def _has_layers(settings: dict[str, Any]) -> bool:
    return settings["optimiser"] is not None
