"""FinishedNetwork: a network as its training left it, with its examples on the same device."""

from dataclasses import dataclass

import numpy as np
from torch import nn

from folklore.train import evaluation
from folklore.train.checkpoint import restore
from folklore.train.device import device_named, make_repeatable
from folklore.train.examples import Examples
from folklore.train.feed import Feed, feeds
from folklore.train.network import PRECISIONS, begun


@dataclass(frozen=True)
class FinishedNetwork:
    model: nn.Module
    weights: dict[str, np.ndarray]  # by `{checkpoint}.{name}`
    feeds: dict[str, Feed]  # by part

    def at(self, checkpoint: str) -> nn.Module:
        """The model in the state of a checkpoint, for evaluation."""
        if not restore(self.model, self.weights, checkpoint):
            raise ValueError(f"the run has no weights {checkpoint!r}")
        return self.model.eval()


def finished_network(
    settings: dict, examples: Examples, weights: dict[str, np.ndarray], device: str
) -> FinishedNetwork:
    dtype = PRECISIONS[settings["precision"]]
    place = device_named(device, dtype)
    make_repeatable(place)
    data = feeds(examples, place, dtype)
    model = begun(settings, examples.inputs["train"].shape[1:], examples.classes, parent=None)
    return FinishedNetwork(data["test"].arranged(model.to(place)), weights, data)


def predict(settings: dict, examples: Examples, weights: dict[str, np.ndarray], device: str) -> np.ndarray:
    network = finished_network(settings, examples, weights, device)
    return evaluation.predict(network.at("last"), network.feeds["test"]).cpu().numpy()
