"""Layers: mean and standard deviation of what every layer gives, over examples and units, after every epoch.

By part, in the name `part/layer`, because the mode matters and document 003 compares two (C003-29 to C003-32, C003-57):

- `training`: the mini-batches of the epoch in training mode, while the weights moved, as published;
- `train` and `validation`: both parts in evaluation mode after the epoch;
- `validation_batches`: mini-batches of validation, normalised by their own statistics, without dropout.

Sums run over the whole epoch (D003-07).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from copy import deepcopy

import torch
from torch import Tensor, nn

from folklore.train.batches import Batches
from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.recorders.hooks import outputs_seen
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import Recorder

_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)


class LayerOutputs(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self.names = [name for name, layer in model.named_children() if not isinstance(layer, nn.Flatten | nn.Dropout)]
        self.training = _Statistics()
        self.evaluated: dict[str, _Statistics] = {}
        for name in self.names:
            model.get_submodule(name).register_forward_hook(self._while_training(name))

    def during_evaluation(self, part: str) -> AbstractContextManager:
        """The pass that the loop makes anyway, since one more would cost as much as half of the updates."""
        self.evaluated[part] = _Statistics()
        return outputs_seen(self.model, self.names, self.evaluated[part].add)

    def after_epoch(self, epoch: int) -> None:
        parts = {
            "training": self.training,
            **self.evaluated,
            "validation_batches": self._in_batches(self.data["validation"]),
        }
        self.training = _Statistics()
        self.taken += [
            Measurement("after_epoch", epoch, f"{part}/{name}", measure, value)
            for part, statistics in parts.items()
            for name in self.names
            for measure, value in statistics.measures(name).items()
        ]

    def state(self) -> TrainingState:
        return super().state() | {"training": self.training.state()}

    def resume(self, state: TrainingState) -> None:
        super().resume(state)
        self.training.resume(state["training"])

    def _while_training(self, name: str) -> Callable[[nn.Module, object, Tensor], None]:
        """Of the model alone: a copy of it keeps this hook."""
        watched = self.model.get_submodule(name)

        def take(layer: nn.Module, _inputs: object, output: Tensor) -> None:
            if self.model.training and layer is watched:
                self.training.add(name, output)

        return take

    def _in_batches(self, feed: Batches) -> "_Statistics":
        """On a copy, so that the running statistics of the model stay. A batch of one example has no statistics."""
        copy = deepcopy(self.model).eval()
        for layer in copy.modules():
            layer.train(isinstance(layer, _NORMS))
        statistics = _Statistics()
        with outputs_seen(copy, self.names, statistics.add), torch.inference_mode():
            for rows in feed.in_turn(self.settings["batch_size"]):
                if len(rows) > 1:
                    copy(feed.batch(rows)[0])
        return statistics


class _Statistics:
    """Of the outputs of layers, batch after batch: size, mean and distance from the mean of each.

    In two steps, because torch.var_mean takes ten times as long.
    """

    def __init__(self):
        self.batches: dict[str, list[tuple[int, Tensor, Tensor]]] = defaultdict(list)

    def add(self, name: str, output: Tensor) -> None:
        values = output.detach()
        mean = values.mean()
        self.batches[name].append((values.numel(), mean, torch.linalg.vector_norm(values - mean)))

    def measures(self, name: str) -> dict[str, float]:
        """None where no batch was looked at."""
        if not self.batches[name]:
            return {}
        sizes, *taken = zip(*self.batches[name], strict=True)
        counts = torch.tensor(sizes, dtype=torch.float64)
        means, distances = (torch.stack(values).cpu().double() for values in taken)
        mean = (counts * means).sum() / counts.sum()
        squares = distances.square() + counts * (means - mean).square()
        return {"mean": mean.item(), "sd": (squares.sum() / counts.sum()).sqrt().item()}

    def state(self) -> TrainingState:
        """By layer: sizes, means and distances of all batches."""
        return {name: [sizes, *map(torch.stack, taken)] for name, (sizes, *taken) in self._columns()}

    def resume(self, state: TrainingState) -> None:
        for name, columns in state.items():
            self.batches[name] = list(zip(*columns, strict=True))

    def _columns(self) -> Iterator[tuple[str, Iterator[tuple]]]:
        return ((name, zip(*taken, strict=True)) for name, taken in self.batches.items())
