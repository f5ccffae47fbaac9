"""Describe a recipe without training it: learning rates, scaled inputs, and the layers of its model."""

from typing import Any

import numpy as np
import torch

from folklore.train.examples import Examples
from folklore.train.model_summary import model_summary
from folklore.train.network import build_model
from folklore.train.scaling import channel_statistics
from folklore.train.schedules import learning_rates
from folklore.train.scores import finite

_COMPARED = 500  # first training examples


def describe(settings: dict[str, Any], data: Examples, budget: int | None) -> dict[str, Any]:
    """Return the facts of one recipe; `budget` is the number of epochs of `lr`, None for a learner without epochs."""
    has_network = settings["optimiser"] is not None
    model = build_model(settings["model"], data.input_spec, data.classes) if has_network else None
    return {
        "lr": learning_rates(settings["optimiser"]["lr"], settings["schedule"], budget) if budget else [],
        "layers": model_summary(model, data.input_spec) if model else [],
        "weights": {name: tensor.numel() for name, tensor in model.named_parameters()} if model else {},
    }


def describe_data(data: Examples) -> dict[str, Any]:
    """Return the facts that variants share if they have the same data, split and scaling."""
    if data.input_spec.kind == "tokens":
        return {"inputs": {"mean": [], "sd": []}, "class_distance": None}
    mean, deviation = channel_statistics(data.scaling.apply(data.inputs["train"]))
    return {
        "inputs": {"mean": mean.tolist(), "sd": deviation.tolist()},
        "class_distance": class_distance(data.flat("train", _COMPARED), data.labels["train"][:_COMPARED]),
    }


def class_distance(inputs: np.ndarray, labels: np.ndarray) -> float | None:
    """Return the mean Euclidean distance between inputs [n, …] of different classes minus that within a class.

    None if the labels have no such pair of either kind.
    """
    flat = torch.from_numpy(inputs).flatten(start_dim=1)
    one, other = torch.triu_indices(len(labels), len(labels), offset=1)
    same_class = torch.from_numpy(labels[one] == labels[other])
    distances = torch.nn.functional.pdist(flat)  # same pairs in the same order
    excess = distances[~same_class].double().mean() - distances[same_class].double().mean()
    return finite(excess.item())
