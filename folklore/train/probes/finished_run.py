"""FinishedRun: the weights of a finished run with its examples, as probes get them."""

from dataclasses import dataclass
from functools import cached_property
from pkgutil import resolve_name

import numpy as np

from folklore.execution.errors import UserError
from folklore.train.finished_network import FinishedNetwork, finished_network
from folklore.train.learners import LEARNERS
from folklore.train.learners.learner import TrainedModel


@dataclass(frozen=True)
class FinishedRun(TrainedModel):
    learner: str
    test_rows: np.ndarray  # row of each test example in the dataset
    class_names: np.ndarray  # by label
    seed: int

    @cached_property
    def network(self) -> FinishedNetwork:
        """Return the network; only gradient descent leaves one."""
        return finished_network(self.settings, self.examples, self.weights, self.device)

    def test_logits(self) -> np.ndarray:
        """Return logits [n, classes] of the last weights, for any learner."""
        return resolve_name(LEARNERS[self.learner]).logits(self, "test")

    def needs_images(self, probe: str) -> None:
        """Raise UserError if the inputs are not images."""
        if self.examples.input_spec.kind != "image":
            raise UserError(
                f"`probes.{probe}`: expected images [channels, height, width]; got {self.examples.input_spec}. "
                "Leave the variant out"
            )
