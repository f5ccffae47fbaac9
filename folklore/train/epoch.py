"""Epoch: one pass over the training examples, under way."""

from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import Self

import torch
from torch import Tensor

from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.evaluation import LossAccuracy


class Epoch:
    def __init__(self, number: int, batches: Iterable[Tensor], parameters: Iterable[Tensor]):
        """`batches`: the row numbers of each mini-batch."""
        self.number, self.batches = number, tuple(batches)
        self.before = [parameter.detach().clone() for parameter in parameters]
        self.done = 0
        self.losses: list[Tensor] = []  # summed over each mini-batch that is done
        self.right: list[Tensor] = []  # whether each of their examples was classified rightly
        self._begun = perf_counter()

    def mini_batches(self) -> Iterator[tuple[int, Tensor]]:
        """Those that are left: their number, from 1, and the row numbers of their examples."""
        for rows in self.batches[self.done :]:
            self.done += 1
            yield self.done, rows

    def add(self, loss: Tensor, logits: Tensor, labels: Tensor) -> None:
        """`loss`: the mean over a mini-batch."""
        self.losses.append(loss * len(labels))
        self.right.append(logits.argmax(1) == labels)

    @property
    def seconds(self) -> float:
        return perf_counter() - self._begun

    def fit(self) -> LossAccuracy:
        """Over mini-batches, while the weights moved."""
        examples = sum(map(len, self.batches))
        return LossAccuracy(
            torch.stack(self.losses).sum().item() / examples, torch.cat(self.right).sum().item() / examples
        )

    def update_norm(self, parameters: Iterable[Tensor]) -> float:
        """How far all parameters together have come since the epoch began; Euclidean."""
        moved = [(now.detach() - then).norm() for then, now in zip(self.before, parameters, strict=True)]
        return torch.stack(moved).norm().item()

    def state(self) -> TrainingState:
        return {
            "number": self.number,
            "rows": torch.cat(self.batches),
            "size": len(self.batches[0]),
            "before": self.before,
            "done": self.done,
            "losses": torch.stack(self.losses),
            "right": torch.cat(self.right),
            "seconds": self.seconds,
        }

    @classmethod
    def resumed(cls, state: TrainingState) -> Self:
        epoch = cls(state["number"], state["rows"].split(state["size"]), [])
        epoch.before, epoch.done = state["before"], state["done"]
        epoch.losses, epoch.right = list(state["losses"]), [state["right"]]
        epoch._begun -= state["seconds"]
        return epoch
