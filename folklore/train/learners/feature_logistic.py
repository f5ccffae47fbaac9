"""Logistic regression on a parent network's features: the outputs of its layers before the last."""

from collections import OrderedDict
from dataclasses import replace

import numpy as np
from torch import nn

from folklore.data.input_spec import InputSpec
from folklore.train.batches import batches_by_split
from folklore.train.device import device_named, make_repeatable
from folklore.train.examples import Examples
from folklore.train.learners import logistic
from folklore.train.learners.learner import TrainedModel, TrainingJob
from folklore.train.network import build_model
from folklore.train.parent_files import diverged_parent
from folklore.train.precomputed_features import outputs
from folklore.train.result import TrainResult, diverged_parent_result
from folklore.train.scaling import Scaling
from folklore.train.weights import load_parent, restore, weights_of

_FRONT = "last.front"  # prefix of the network's tensors


def fit(job: TrainingJob) -> TrainResult:
    """Fit the regression on features in evaluation mode; `parameters` counts those of the regression alone."""
    if parent := diverged_parent(job.parents, job.settings):
        return diverged_parent_result(parent, job.device)
    network, edge = _network(job.settings, job.examples), job.settings["parents"]["weights"]
    load_parent(network, job.parents["weights"], edge["checkpoint"], edge["layers"])
    front = _front(network)
    trained = logistic.fit(replace(job, examples=_features(front, job.examples, job.device)))
    return replace(trained, weights=trained.weights | weights_of(front, _FRONT))


def logits(model: TrainedModel, part: str, checkpoint: str = "last") -> np.ndarray:
    front = _front(_network(model.settings, model.examples))
    restore(front, model.weights, _FRONT)
    return logistic.logits(replace(model, examples=_features(front, model.examples, model.device)), part, checkpoint)


def _network(settings: dict, examples: Examples) -> nn.Module:
    return build_model(settings["model"]["network"], examples.input_spec, examples.classes)


def _front(network: nn.Module) -> nn.Sequential:
    """Return all layers but the last, under their names."""
    return nn.Sequential(OrderedDict(list(network.named_children())[:-1]))


def _features(front: nn.Module, examples: Examples, device: str) -> Examples:
    """Return the same examples with the front's outputs as unscaled inputs."""
    place = device_named(device)
    make_repeatable(place)
    data = batches_by_split(examples, place)
    front = data["train"].match_memory_format(front.to(place))
    features = {part: outputs(front, feed).cpu().numpy() for part, feed in data.items()}
    width = features["train"].shape[1]
    unscaled = Scaling(np.ones(width, np.float32), np.zeros(width, np.float32))
    return replace(examples, inputs=features, scaling=unscaled, input_spec=InputSpec((width,)))
