"""FinishedRun: a network as its training left it, with the examples that it learned from and those that it did not."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from torch import nn

from folklore.problems import UserError
from folklore.train.checkpoint import read_weights, restore
from folklore.train.device import device_named, make_repeatable
from folklore.train.examples import Examples
from folklore.train.feed import Feed, feeds
from folklore.train.network import PRECISIONS, begun


@dataclass(frozen=True)
class FinishedRun:
    model: nn.Module
    weights: dict[str, np.ndarray]  # by `{checkpoint}.{name}`
    examples: Examples
    feeds: dict[str, Feed]  # the same examples on the device of the model, by part
    class_names: np.ndarray  # by label
    seed: int

    def at(self, checkpoint: str) -> nn.Module:
        """The model in the state of a checkpoint, for evaluation."""
        if not restore(self.model, self.weights, checkpoint):
            raise ValueError(f"the run has no weights {checkpoint!r}")
        return self.model.eval()

    def needs_images(self, probe: str) -> None:
        """Raises UserError where the inputs are no images."""
        shape = self.examples.inputs["test"].shape[1:]
        if len(shape) != 3:
            raise UserError(
                f"`probes: {probe}` asks about images [channels, height, width], and an input of this variant is "
                f"{list(shape)}; leave the variant out of it"
            )


def finished_run(
    settings: dict, examples: Examples, weights: Path, class_names: list[str], seed: int, device: str
) -> FinishedRun:
    dtype = PRECISIONS[settings["precision"]]
    place = device_named(device, dtype)
    make_repeatable(place)
    data = feeds(examples, place, dtype)
    model = begun(settings, examples.inputs["train"].shape[1:], examples.classes, parent=None)
    return FinishedRun(
        model=data["test"].arranged(model.to(place)),
        weights=read_weights(weights),
        examples=examples,
        feeds=data,
        class_names=np.array(class_names),
        seed=seed,
    )
