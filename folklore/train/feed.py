"""Feed: the examples of one part as tensors on the device, cut into batches there."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from folklore.train.examples import Examples

# Large enough to be fast, small enough that the activations of a batch stay in a processor's cache.
_EVALUATION_BATCH = 256


@dataclass(frozen=True)
class Feed:
    inputs: Tensor  # as stored: bytes are scaled a batch at a time, so images take a quarter of the memory
    labels: Tensor
    factor: Tensor
    offset: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def batches(self, size: int) -> int:
        return -(-len(self) // size)

    def shuffled(self, order: torch.Generator, size: int) -> Iterator[Tensor]:
        """Row numbers of each mini-batch; drawn on the CPU, so that every device sees the same order."""
        return iter(torch.randperm(len(self), generator=order).to(self.labels.device).split(size))

    def in_order(self) -> Iterator[slice]:
        return (slice(start, start + _EVALUATION_BATCH) for start in range(0, len(self), _EVALUATION_BATCH))

    def batch(self, rows: Tensor | slice) -> tuple[Tensor, Tensor]:
        """(scaled inputs, labels)"""
        return torch.addcmul(self.offset, self.inputs[rows].float(), self.factor), self.labels[rows]

    def arranged(self, model: nn.Module) -> nn.Module:
        """The model in the memory layout of the inputs; convolutions are up to twice as fast with channels last."""
        return model.to(memory_format=torch.channels_last) if self.inputs.ndim == 4 else model


def feeds(examples: Examples, device: torch.device) -> dict[str, Feed]:
    """A feed for each part: train, validation, test."""
    return {part: _feed(examples, part, device) for part in examples.labels}


def _feed(examples: Examples, part: str, device: torch.device) -> Feed:
    inputs = torch.from_numpy(examples.inputs[part]).to(device)
    along_channels = (1, -1) + (1,) * (inputs.ndim - 2)
    return Feed(
        inputs=inputs.contiguous(memory_format=torch.channels_last) if inputs.ndim == 4 else inputs,
        labels=torch.from_numpy(examples.labels[part]).to(device),
        factor=torch.from_numpy(examples.scaling.factor).view(along_channels).to(device),
        offset=torch.from_numpy(examples.scaling.offset).view(along_channels).to(device),
    )
