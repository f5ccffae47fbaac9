"""Checkpoints of a run: weights at initialisation, after the last epoch, of the best epoch, and by early stopping."""

from typing import Any

import numpy as np
import torch
from torch import nn

from folklore.train.batches import Batches
from folklore.train.best_epoch import BestEpoch
from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.evaluation import predict
from folklore.train.result import Stopped
from folklore.train.weights import restore, weights_of


class Checkpoints:
    """Copies the weights of a model, by `{checkpoint}.{name}`."""

    def __init__(self, model: nn.Module, stop: dict[str, Any] | None):
        """`stop`: settings of early stopping."""
        self.model = model
        self.weights = weights_of(model, "initial")
        self.rules = {"best": BestEpoch("validation_loss")}  # by checkpoint
        if stop:
            self.rules["stopped"] = BestEpoch(**stop)

    def after_epoch(self, row: dict[str, float]) -> None:
        """`row`: of the history."""
        for checkpoint, rule in self.rules.items():
            if rule.update(row):
                self.weights |= weights_of(self.model, checkpoint)

    def at_end(self) -> None:
        self.weights |= weights_of(self.model, "last")

    def logits(self, batches: Batches) -> dict[str, np.ndarray]:
        """Return the logits [n, classes] of each checkpoint; the model is left in the state of one of them."""
        found = {}
        for checkpoint in ("initial", "last", *self.rules):
            if restore(self.model, self.weights, checkpoint):
                found[checkpoint] = predict(self.model, batches).cpu().numpy()
        return found

    @property
    def best_epoch(self) -> int | None:
        return self.rules["best"].epoch

    @property
    def stopped(self) -> Stopped | None:
        """Return None without early stopping, or where the first epoch diverged."""
        rule = self.rules.get("stopped")
        return Stopped(rule.epoch, rule.stop_epoch) if rule and rule.epoch else None

    def state(self) -> TrainingState:
        """Return the weights that a later epoch may replace, and what decides that."""
        kept = {name: torch.from_numpy(array) for name, array in self.weights.items() if self._may_change(name)}
        return {"weights": kept, "rules": {checkpoint: rule.state() for checkpoint, rule in self.rules.items()}}

    def resume(self, state: TrainingState) -> None:
        self.weights |= {name: tensor.numpy() for name, tensor in state["weights"].items()}
        for checkpoint, rule in self.rules.items():
            rule.resume(state["rules"][checkpoint])

    def _may_change(self, name: str) -> bool:
        return name.partition(".")[0] in self.rules
