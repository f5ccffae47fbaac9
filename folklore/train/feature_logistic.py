"""Logistic regression on the features of a parent's network: what its layers before the last make of each input."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from torch import nn

from folklore.train import logistic
from folklore.train.checkpoint import has_checkpoint, load_parent
from folklore.train.device import device_named, make_repeatable
from folklore.train.examples import Examples, Scaling
from folklore.train.features import outputs
from folklore.train.feed import feeds
from folklore.train.network import build_model
from folklore.train.trained import Trained, orphaned


def train(settings: dict, examples: Examples, seed: int, device: str, parent: Path) -> Trained:
    """As `logistic.train`, of features in evaluation mode; `parameters` counts those of the regression alone."""
    if not has_checkpoint(parent, settings["parent"]["weights"]):
        return orphaned(device)
    return logistic.train(settings, _of_features(settings, examples, device, parent), seed, device, None)


def _of_features(settings: dict, examples: Examples, device: str, parent: Path) -> Examples:
    place = device_named(device)
    make_repeatable(place)
    network = build_model(settings["model"]["network"], examples.inputs["train"].shape[1:], examples.classes)
    load_parent(network, parent, settings["parent"]["weights"], settings["parent"]["layers"])
    data = feeds(examples, place)
    front = data["train"].arranged(nn.Sequential(*list(network)[:-1]).to(place))
    features = {part: outputs(front, feed).cpu().numpy() for part, feed in data.items()}
    width = features["train"].shape[1]
    as_they_are = Scaling(np.ones(width, np.float32), np.zeros(width, np.float32))
    return replace(examples, inputs=features, scaling=as_they_are)
