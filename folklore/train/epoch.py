"""Epoch: one pass over the training examples, in progress."""

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
        self.finished = 0  # number of mini-batches
        self.objectives: list[Tensor] = []  # of each finished mini-batch
        self.losses: list[Tensor] = []  # its mean cross-entropy
        self.correct: list[Tensor] = []  # whether each of its examples was classified correctly
        self._started = perf_counter()

    def mini_batches(self) -> Iterator[tuple[int, Tensor]]:
        """Yield each mini-batch that is not finished: its number, from 1, and the row numbers of its examples."""
        for rows in self.batches[self.finished :]:
            self.finished += 1
            yield self.finished, rows

    def add(self, objective: Tensor, loss: Tensor, logits: Tensor, labels: Tensor) -> None:
        self.objectives.append(objective)
        self.losses.append(loss)
        self.correct.append(logits.argmax(1) == labels)

    @property
    def seconds(self) -> float:
        return perf_counter() - self._started

    def running(self) -> LossAccuracy:
        """Return the running loss and accuracy: means over all examples, measured in training mode during the epoch."""
        correct = torch.cat(self.correct)
        return LossAccuracy(self._mean(self.losses), correct.sum().item() / correct.numel())

    def objective(self) -> float:
        """Return the mean of the minimised objective, each mini-batch weighted by its examples."""
        return self._mean(self.objectives)

    @property
    def _examples(self) -> int:
        return sum(map(len, self.batches))

    def _mean(self, values: list[Tensor]) -> float:
        sizes = torch.tensor([len(rows) for rows in self.batches])
        stacked = torch.stack(values)
        return (stacked * sizes.to(stacked)).sum().item() / self._examples

    def update_norm(self, parameters: Iterable[Tensor]) -> float:
        """Return ‖θ − θ at the start of the epoch‖₂ over all parameters."""
        moved = [(now.detach() - then).norm() for then, now in zip(self.before, parameters, strict=True)]
        return torch.stack(moved).norm().item()

    def state(self) -> TrainingState:
        return {
            "number": self.number,
            "rows": torch.cat(self.batches),
            "size": len(self.batches[0]),
            "before": self.before,
            "finished": self.finished,
            "objectives": torch.stack(self.objectives),
            "losses": torch.stack(self.losses),
            "correct": torch.cat(self.correct),
            "seconds": self.seconds,
        }

    @classmethod
    def resumed(cls, state: TrainingState) -> Self:
        epoch = cls(state["number"], state["rows"].split(state["size"]), [])
        epoch.before, epoch.finished = state["before"], state["finished"]
        epoch.objectives, epoch.losses = list(state["objectives"]), list(state["losses"])
        epoch.correct = [state["correct"]]
        epoch._started -= state["seconds"]
        return epoch
