"""FinishedNetwork: the network of a finished run, with its examples on the same device."""

from dataclasses import dataclass

import numpy as np
from torch import nn

from folklore.train.batches import Batches, batches_by_split
from folklore.train.device import device_named, make_repeatable
from folklore.train.examples import Examples
from folklore.train.network import DTYPES, init_model
from folklore.train.weights import restore


@dataclass(frozen=True)
class FinishedNetwork:
    model: nn.Module
    weights: dict[str, np.ndarray]  # by `{checkpoint}.{name}`
    batches: dict[str, Batches]  # by part

    def at(self, checkpoint: str) -> nn.Module:
        """Return the model in eval mode with the weights of a checkpoint."""
        if not restore(self.model, self.weights, checkpoint):
            raise ValueError(f"the run has no weights {checkpoint!r}")
        return self.model.eval()


def finished_network(
    settings: dict, examples: Examples, weights: dict[str, np.ndarray], device: str
) -> FinishedNetwork:
    dtype = DTYPES[settings["dtype"]]
    place = device_named(device, dtype)
    make_repeatable(place)
    data = batches_by_split(examples, place, dtype)
    model = init_model(settings, examples.input_spec, examples.classes, parent=None)
    return FinishedNetwork(data["test"].match_memory_format(model.to(place)), weights, data)
