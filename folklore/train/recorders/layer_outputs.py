"""Layer outputs: mean and standard deviation of every layer's output, over examples and units, in every epoch.

Names are `part/layer`. The mode matters, and document 003 compares two (C003-29 to C003-32, C003-57):

- `training`: the mini-batches of the epoch in training mode, as published;
- `train` and `validation`: both sets in evaluation mode after the epoch;
- `validation_batches`: mini-batches of the validation set, normalised by their own statistics, without dropout.

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
from folklore.train.recorders.recorder import RecordedTraining, Recorder

_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)


class LayerOutputs(Recorder):
    watches_layers = True

    def __init__(self, training: RecordedTraining):
        super().__init__(training)
        layers = self.model.named_children()
        self.names = [name for name, layer in layers if not isinstance(layer, nn.Flatten | nn.Dropout)]
        self.training = _Statistics()
        self.evaluated: dict[str, _Statistics] = {}
        for name in self.names:
            self.model.get_submodule(name).register_forward_hook(self._while_training(name))

    def during_evaluation(self, part: str) -> AbstractContextManager:
        """Measure during the loop's own evaluation: another pass would take half as long as the updates."""
        self.evaluated[part] = _Statistics()
        return outputs_seen(self.model, self.names, self.evaluated[part].add)

    def after_epoch(self, epoch: int) -> None:
        parts = {
            "training": self.training,
            **self.evaluated,
            "validation_batches": self._in_batches(self.data["validation"]),
        }
        self.training = _Statistics()
        self.recorded += [
            Measurement("after_epoch", epoch, f"{part}/{name}", statistic, value)
            for part, statistics in parts.items()
            for name in self.names
            for statistic, value in statistics.of_layer(name).items()
        ]

    def state(self) -> TrainingState:
        return super().state() | {"training": self.training.state()}

    def resume(self, state: TrainingState) -> None:
        super().resume(state)
        self.training.resume(state["training"])

    def _while_training(self, name: str) -> Callable[[nn.Module, object, Tensor], None]:
        """Return a hook that ignores copies of the model, which inherit it."""
        watched = self.model.get_submodule(name)

        def take(layer: nn.Module, _inputs: object, output: Tensor) -> None:
            if self.model.training and layer is watched:
                self.training.add(name, output)

        return take

    def _in_batches(self, batches: Batches) -> "_Statistics":
        """Run a copy, so that the model's running statistics do not move. A batch of one example has no variance."""
        copy = deepcopy(self.model).eval()
        for layer in copy.modules():
            layer.train(isinstance(layer, _NORMS))
        statistics = _Statistics()
        with outputs_seen(copy, self.names, statistics.add), torch.inference_mode():
            for rows in batches.in_order(self.settings["batch_size"]):
                if len(rows) > 1:
                    copy(batches.batch(rows).inputs)
        return statistics


class _Statistics:
    """Outputs of layers, batch by batch: size, mean and distance from the mean of each.

    In two steps, because torch.var_mean takes ten times as long.
    """

    def __init__(self):
        self.batches: dict[str, list[tuple[int, Tensor, Tensor]]] = defaultdict(list)

    def add(self, name: str, output: Tensor) -> None:
        values = output.detach()
        mean = values.mean()
        self.batches[name].append((values.numel(), mean, torch.linalg.vector_norm(values - mean)))

    def of_layer(self, name: str) -> dict[str, float]:
        """Return mean and standard deviation; nothing without a batch."""
        if not self.batches[name]:
            return {}
        sizes, *measured = zip(*self.batches[name], strict=True)
        counts = torch.tensor(sizes, dtype=torch.float64)
        means, distances = (torch.stack(values).cpu().double() for values in measured)
        mean = (counts * means).sum() / counts.sum()
        squares = distances.square() + counts * (means - mean).square()
        return {"mean": mean.item(), "sd": (squares.sum() / counts.sum()).sqrt().item()}

    def state(self) -> TrainingState:
        """Return sizes, means and distances of all batches, by layer."""
        return {name: [sizes, *map(torch.stack, measured)] for name, (sizes, *measured) in self._columns()}

    def resume(self, state: TrainingState) -> None:
        for name, columns in state.items():
            self.batches[name] = list(zip(*columns, strict=True))

    def _columns(self) -> Iterator[tuple[str, Iterator[tuple]]]:
        return ((name, zip(*batches, strict=True)) for name, batches in self.batches.items())
