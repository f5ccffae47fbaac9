"""Feed: the examples of one part as tensors on the device, cut into batches there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Self

import numpy as np
import torch
from torch import Tensor, nn

from folklore.execution.errors import UserError
from folklore.models.columns import Columns
from folklore.train.examples import Examples

Augment = Callable[[Tensor], Tensor]  # images [n, channels, height, width] → the same, changed at random

_WHITE = 255

# Many rows where rows are small, because every batch costs the same few calls; few where they are large, so that the
# activations of a batch stay in a processor's cache; of photographs, enough to keep a graphics processor busy.
_EVALUATION_VALUES, _FEWEST_ROWS, _MOST_ROWS = 2**18, 32, 4096


@dataclass(frozen=True)
class Batch:
    """A mini-batch, scaled and on the device."""

    inputs: Tensor | Columns  # [n, …]
    labels: Tensor  # [n]
    teacher_logits: Tensor | None = None  # [n, classes], where the training set has a teacher's


@dataclass(frozen=True)
class Batches:
    inputs: Tensor  # [n, values] as stored: tokens are int32; bytes are scaled batch by batch, a quarter of the memory
    labels: Tensor
    factor: Tensor  # [values]
    offset: Tensor  # [values]
    shape: tuple[int, ...]  # of one input, channels last, as its values lie in memory
    teacher_logits: Tensor | None = None  # [n, classes]
    categorical: Tensor | None = None  # int32 codes [n, categorical columns]

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, count: int) -> Self:
        """As many rows from the front, or all where there are fewer."""
        by_row = {name: getattr(self, name) for name in ("inputs", "labels", "teacher_logits", "categorical")}
        return replace(self, **{name: array[:count] for name, array in by_row.items() if array is not None})

    def batches(self, size: int) -> int:
        return -(-len(self) // size)

    def shuffled(self, order: torch.Generator, size: int) -> Iterator[Tensor]:
        """Row numbers of each mini-batch."""
        return iter(self.drawn(order, len(self)).split(size))

    def drawn(self, order: torch.Generator, count: int) -> Tensor:
        """As many row numbers, each once; drawn on the CPU, so that every device sees the same order."""
        return torch.randperm(len(self), generator=order)[:count].to(self.labels.device)

    def in_turn(self, size: int) -> Iterator[Tensor]:
        """Row numbers of each mini-batch, in the order of the split."""
        return iter(torch.arange(len(self), device=self.labels.device).split(size))

    def in_order(self) -> Iterator[Tensor]:
        fitting = _EVALUATION_VALUES // max(1, self.inputs.shape[1])
        return self.in_turn(min(_MOST_ROWS, max(_FEWEST_ROWS, fitting)))

    def batch(self, rows: Tensor, augment: Augment | None = None) -> Batch:
        """Return the examples of some row numbers, their inputs scaled."""
        taught = self.teacher_logits
        return Batch(
            inputs=self._inputs(rows, augment),
            labels=self.labels.index_select(0, rows),
            teacher_logits=None if taught is None else taught.index_select(0, rows),
        )

    def _inputs(self, rows: Tensor, augment: Augment | None) -> Tensor | Columns:
        """Gather and scale whole rows, four times faster than by channel; tokens and categories stay integers.

        Images are augmented in single precision, whatever they are scaled in.
        """
        values = self.inputs.index_select(0, rows)
        if values.dtype == torch.int32:
            return values.long()
        values = values.float()
        if augment is not None:
            values = self._augmented(values, augment)
        scaled = torch.addcmul(self.offset, values.to(self.factor.dtype), self.factor)
        scaled = scaled.view(-1, *self.shape).movedim(-1, 1)
        return scaled if self.categorical is None else Columns(scaled, self.categorical.index_select(0, rows).long())

    def whole(self) -> Batch:
        """All examples as one batch."""
        return self.batch(torch.arange(len(self), device=self.labels.device))

    def _augmented(self, values: Tensor, augment: Augment) -> Tensor:
        """Before any scaling, on pixels from 0 to 1."""
        images = (values / _WHITE).view(-1, *self.shape).movedim(-1, 1)
        return (augment(images) * _WHITE).movedim(1, -1).reshape(values.shape)

    def arranged(self, model: nn.Module) -> nn.Module:
        """The model in the memory layout of the inputs; convolutions are up to twice as fast with channels last."""
        return model.to(memory_format=torch.channels_last) if len(self.shape) == 3 else model


def batches_by_split(
    examples: Examples,
    device: torch.device,
    dtype: torch.dtype = torch.float32,
    teacher_logits: np.ndarray | None = None,
) -> dict[str, Batches]:
    """Return the batches of train, validation and test, with inputs of that type.

    `teacher_logits`: [n, classes] for the training examples, in the order of their rows.
    """
    data = {part: _feed(examples, part, device, dtype) for part in examples.labels}
    if teacher_logits is None:
        return data
    expected = (len(data["train"]), examples.classes)
    if teacher_logits.shape != expected:
        raise UserError(f"`parents.teacher`: expected logits {list(expected)}; got {list(teacher_logits.shape)}")
    taught = torch.from_numpy(teacher_logits).to(device, dtype)
    return data | {"train": replace(data["train"], teacher_logits=taught)}


def _feed(examples: Examples, part: str, device: torch.device, dtype: torch.dtype) -> Batches:
    inputs = torch.from_numpy(examples.inputs[part]).movedim(1, -1)
    shape = tuple(inputs.shape[1:])
    places = prod(shape[:-1])
    return Batches(
        inputs=inputs.reshape(len(inputs), -1).to(device),
        labels=torch.from_numpy(examples.labels[part]).to(device),
        factor=torch.from_numpy(examples.scaling.factor).repeat(places).to(device, dtype),
        offset=torch.from_numpy(examples.scaling.offset).repeat(places).to(device, dtype),
        shape=shape,
        categorical=torch.from_numpy(examples.categorical[part]).to(device) if examples.categorical else None,
    )
