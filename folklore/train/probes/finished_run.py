"""FinishedRun: what a training left, with the examples that it learned from and those that it did not."""

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
    test_rows: np.ndarray  # where each test example stands in the data set
    class_names: np.ndarray  # by label
    seed: int

    @cached_property
    def network(self) -> FinishedNetwork:
        """What was trained by gradient steps; no other learner leaves a network."""
        return finished_network(self.settings, self.examples, self.weights, self.device)

    def test_logits(self) -> np.ndarray:
        """[n, classes] by the last weights, of whatever learner."""
        return resolve_name(LEARNERS[self.learner]).logits(self, "test")

    def needs_images(self, probe: str) -> None:
        """Raises UserError where the inputs are not images."""
        if self.examples.input_spec.kind != "image":
            raise UserError(
                f"`probes: {probe}` is for images [channels, height, width], and the inputs of this variant are "
                f"{self.examples.input_spec}; leave the variant out of it"
            )
