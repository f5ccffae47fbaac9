"""Logistic regression on the features of a parent's network: what its layers before the last make of each input."""

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

import numpy as np
from torch import nn

from folklore.train.batches import batches_by_split
from folklore.train.device import device_named, make_repeatable
from folklore.train.examples import Examples, Scaling
from folklore.train.learners import logistic
from folklore.train.network import build_model
from folklore.train.precomputed_features import outputs
from folklore.train.result import TrainResult, diverged_parent_result
from folklore.train.weights import has_checkpoint, load_parent, restore, weights_of

_FRONT = "last.front"  # how the names of the network's tensors begin


def train(settings: dict, examples: Examples, seed: int, device: str, parent: Path) -> TrainResult:
    """As `logistic.train`, of features in evaluation mode; `parameters` counts those of the regression alone."""
    descent = settings["parent"]
    if not has_checkpoint(parent, descent["weights"]):
        return diverged_parent_result(device)
    network = _network(settings, examples)
    load_parent(network, parent, descent["weights"], descent["layers"])
    front = _front(network)
    trained = logistic.train(settings, _of_features(front, examples, device), seed, device, None)
    return replace(trained, weights=trained.weights | weights_of(front, _FRONT))


def predict(settings: dict, examples: Examples, weights: dict[str, np.ndarray], device: str) -> np.ndarray:
    front = _front(_network(settings, examples))
    restore(front, weights, _FRONT)
    return logistic.predict(settings, _of_features(front, examples, device), weights, device)


def _network(settings: dict, examples: Examples) -> nn.Module:
    return build_model(settings["model"]["network"], examples.input_spec, examples.classes)


def _front(network: nn.Module) -> nn.Sequential:
    """All layers but the last, by their names."""
    return nn.Sequential(OrderedDict(list(network.named_children())[:-1]))


def _of_features(front: nn.Module, examples: Examples, device: str) -> Examples:
    place = device_named(device)
    make_repeatable(place)
    data = batches_by_split(examples, place)
    front = data["train"].arranged(front.to(place))
    features = {part: outputs(front, feed).cpu().numpy() for part, feed in data.items()}
    width = features["train"].shape[1]
    as_they_are = Scaling(np.ones(width, np.float32), np.zeros(width, np.float32))
    return replace(examples, inputs=features, scaling=as_they_are)
