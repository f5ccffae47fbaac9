"""Batches: the examples of one part of the data as tensors on the device, cut into batches there."""

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

Augment = Callable[[Tensor], Tensor]  # images [n, channels, height, width] → augmented images

_WHITE = 255

# Many rows where rows are small, because every batch costs the same few calls. Few where rows are large, so that the
# activations of a batch stay in the cache of a CPU, but enough photographs to keep a GPU busy.
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
        """Return the first rows, or all where there are fewer."""
        by_row = {name: getattr(self, name) for name in ("inputs", "labels", "teacher_logits", "categorical")}
        return replace(self, **{name: array[:count] for name, array in by_row.items() if array is not None})

    def number(self, size: int) -> int:
        """Return the number of mini-batches of a size."""
        return -(-len(self) // size)

    def shuffled(self, order: torch.Generator, size: int) -> Iterator[Tensor]:
        """Return row numbers by mini-batch, in a new order."""
        return iter(self.sample(order, len(self)).split(size))

    def sample(self, generator: torch.Generator, count: int) -> Tensor:
        """Draw row numbers without replacement, on the CPU, so that every device gets the same order."""
        return torch.randperm(len(self), generator=generator)[:count].to(self.labels.device)

    def in_order(self, size: int) -> Iterator[Tensor]:
        """Return row numbers by mini-batch, in the order of the split."""
        return iter(torch.arange(len(self), device=self.labels.device).split(size))

    def for_evaluation(self) -> Iterator[Tensor]:
        """Return row numbers by batch, in the order of the split, in batches of a size that is fast."""
        fitting = _EVALUATION_VALUES // max(1, self.inputs.shape[1])
        return self.in_order(min(_MOST_ROWS, max(_FEWEST_ROWS, fitting)))

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
        """Return all examples as one batch."""
        return self.batch(torch.arange(len(self), device=self.labels.device))

    def _augmented(self, values: Tensor, augment: Augment) -> Tensor:
        """Augment unscaled images, with pixels from 0 to 1."""
        images = (values / _WHITE).view(-1, *self.shape).movedim(-1, 1)
        return (augment(images) * _WHITE).movedim(1, -1).reshape(values.shape)

    def match_memory_format(self, model: nn.Module) -> nn.Module:
        """Return the model in the inputs' memory format: with channels last, convolutions are up to 2× as fast."""
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
    data = {part: _batches(examples, part, device, dtype) for part in examples.labels}
    if teacher_logits is None:
        return data
    expected = (len(data["train"]), examples.classes)
    if teacher_logits.shape != expected:
        raise UserError(f"`parents.teacher`: expected logits {list(expected)}; got {list(teacher_logits.shape)}")
    taught = torch.from_numpy(teacher_logits).to(device, dtype)
    return data | {"train": replace(data["train"], teacher_logits=taught)}


def _batches(examples: Examples, part: str, device: torch.device, dtype: torch.dtype) -> Batches:
    inputs = torch.from_numpy(examples.inputs[part]).movedim(1, -1)
    shape = tuple(inputs.shape[1:])
    positions = prod(shape[:-1])
    return Batches(
        inputs=inputs.reshape(len(inputs), -1).to(device),
        labels=torch.from_numpy(examples.labels[part]).to(device),
        factor=torch.from_numpy(examples.scaling.factor).repeat(positions).to(device, dtype),
        offset=torch.from_numpy(examples.scaling.offset).repeat(positions).to(device, dtype),
        shape=shape,
        categorical=torch.from_numpy(examples.categorical[part]).to(device) if examples.categorical else None,
    )
