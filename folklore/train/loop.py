"""The training loop: mini-batch gradient descent on examples held in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from time import perf_counter

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from folklore.models import MODELS
from folklore.train.checkpoint import load_parent, restore, weights_of
from folklore.train.device import device_named, make_repeatable
from folklore.train.eager import without_compiler
from folklore.train.examples import Examples
from folklore.train.feed import Feed, feeds
from folklore.train.memory import keep_freed_memory
from folklore.train.optimisers import optimiser, set_learning_rate
from folklore.train.progress import report_progress
from folklore.train.schedules import learning_rates
from folklore.train.trained import Trained


@dataclass(frozen=True)
class _Fit:
    """Sums over the mini-batches of an epoch, measured while the weights moved."""

    loss: float
    accuracy: float


def train(settings: dict, examples: Examples, seed: int, device: str, parent: Path | None) -> Trained:
    """One seed decides the weights, the dropout and the order of the examples."""
    without_compiler()
    place = device_named(device)
    make_repeatable(place)
    keep_freed_memory()
    torch.manual_seed(seed)
    model = build_model(settings["model"], examples.inputs["train"].shape[1:], examples.classes)
    if parent is not None:
        load_parent(model, parent, settings["parent"]["weights"])
    data = feeds(examples, place)
    model = data["train"].arranged(model.to(place))
    return _Training(settings, model, data, seed).run()


def build_model(settings: dict, shape: tuple[int, ...], classes: int) -> nn.Module:
    constants = {key: value for key, value in settings.items() if key != "name"}
    return resolve_name(MODELS[settings["name"]])(tuple(shape), classes, **constants)


class _Training:
    """A run under way: the model, its best state so far, and what was recorded."""

    def __init__(self, settings: dict, model: nn.Module, data: dict[str, Feed], seed: int):
        self.settings, self.model, self.data = settings, model, data
        self.optimiser = optimiser(model.parameters(), settings["optimiser"])
        self.order = torch.Generator().manual_seed(seed)
        self.weights = weights_of(model, "initial")
        self.history: list[dict[str, float]] = []
        self.seconds: list[float] = []
        self.lowest, self.best_epoch = float("inf"), None

    def run(self) -> Trained:
        settings = self.settings
        rates = learning_rates(settings["optimiser"]["lr"], settings["schedule"], settings["epochs"])
        diverged_epoch = None
        for epoch, lr in enumerate(rates, start=1):
            started = perf_counter()
            row = self._epoch(epoch, lr)
            self.history.append(row)
            self.seconds.append(perf_counter() - started)
            report_progress(row, len(rates), self.seconds)
            if not np.isfinite([row["running_loss"], row["train_loss"], row["validation_loss"]]).all():
                diverged_epoch = epoch
                break
            self._keep_if_best(row)
        if diverged_epoch is None:
            self.weights |= weights_of(self.model, "last")
        return self._trained(diverged_epoch)

    def _epoch(self, epoch: int, lr: float) -> dict[str, float]:
        set_learning_rate(self.optimiser, lr)
        before = [parameter.detach().clone() for parameter in self.model.parameters()]
        running = self._descend()
        train, validation = evaluate(self.model, self.data["train"]), evaluate(self.model, self.data["validation"])
        return {
            "epoch": epoch,
            "lr": lr,
            "updates": epoch * self.data["train"].batches(self.settings["batch_size"]),
            "running_loss": running.loss,
            "running_accuracy": running.accuracy,
            "train_loss": train.loss,
            "train_accuracy": train.accuracy,
            "validation_loss": validation.loss,
            "validation_accuracy": validation.accuracy,
            "displacement": _distance(before, self.model.parameters()),
        }

    def _descend(self) -> _Fit:
        """One pass over the training examples in fresh order."""
        self.model.train()
        feed = self.data["train"]
        losses, right = [], []
        for rows in feed.shuffled(self.order, self.settings["batch_size"]):
            inputs, labels = feed.batch(rows)
            logits = self.model(inputs)
            loss = cross_entropy(logits, labels)
            self.optimiser.zero_grad()
            loss.backward()
            self.optimiser.step()
            losses.append(loss.detach() * len(rows))
            right.append(logits.detach().argmax(1) == labels)
        return _Fit(torch.stack(losses).sum().item() / len(feed), torch.cat(right).sum().item() / len(feed))

    def _keep_if_best(self, row: dict[str, float]) -> None:
        if row["validation_loss"] < self.lowest:
            self.lowest, self.best_epoch = row["validation_loss"], int(row["epoch"])
            self.weights |= weights_of(self.model, "best")

    def _test_logits(self) -> dict[str, np.ndarray]:
        """The test part is looked at once a checkpoint, after training."""
        found = {}
        for checkpoint in ("last", "best"):
            if restore(self.model, self.weights, checkpoint):
                found[checkpoint] = predict(self.model, self.data["test"]).cpu().numpy()
        return found

    def _trained(self, diverged_epoch: int | None) -> Trained:
        device = self.data["train"].labels.device
        return Trained(
            history=self.history,
            best_epoch=self.best_epoch,
            diverged_epoch=diverged_epoch,
            parameters=sum(parameter.numel() for parameter in self.model.parameters()),
            test_logits=self._test_logits(),
            weights=self.weights,
            seconds_per_epoch=self.seconds,
            device=str(device),
            device_memory=torch.cuda.max_memory_allocated(device) if device.type == "cuda" else None,
        )


def _distance(before: Iterable[Tensor], after: Iterable[Tensor]) -> float:
    """Euclidean, over all parameters together."""
    moved = [(now.detach() - then).norm() for then, now in zip(before, after, strict=True)]
    return torch.stack(moved).norm().item()


def evaluate(model: nn.Module, feed: Feed) -> _Fit:
    """Mean loss and accuracy of the model as it is, dropout off and batch norm on its running statistics."""
    logits = predict(model, feed)
    loss = cross_entropy(logits, feed.labels)
    return _Fit(loss.item(), (logits.argmax(1) == feed.labels).float().mean().item())


@torch.inference_mode()
def predict(model: nn.Module, feed: Feed) -> Tensor:
    """Logits [n, classes] on the feed's device, in the order of its rows."""
    model.eval()
    return torch.cat([model(feed.batch(rows)[0]) for rows in feed.in_order()])
