"""Objective: what a step of gradient descent minimises."""

from pkgutil import resolve_name
from typing import Any, NamedTuple

from torch import Tensor, nn
from torch.optim import Optimizer

from folklore.train.batches import Batch
from folklore.train.objectives import OBJECTIVES


class Evaluated(NamedTuple):
    """An objective on one mini-batch."""

    objective: Tensor  # to be minimised
    cross_entropy: Tensor  # mean over examples, in nats
    logits: Tensor  # [n, classes]


class Objective:
    """A subclass takes the settings of the block of its name in folklore/schema/objectives.py as keyword arguments."""

    def __call__(self, model: nn.Module, batch: Batch) -> Evaluated:
        """Run the model in the mode that it is in."""
        raise NotImplementedError

    def prepare(self, optimiser: Optimizer) -> None:
        """Register what follows each step of the optimiser, such as a proximal step; by default nothing."""


def build_objective(settings: dict[str, Any]) -> Objective:
    constants = {key: value for key, value in settings.items() if key != "name"}
    return resolve_name(OBJECTIVES[settings["name"]])(**constants)
