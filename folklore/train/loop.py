"""The training loop: mini-batch gradient descent on examples held in memory."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from pkgutil import resolve_name
from time import perf_counter

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from folklore.train.augment import augmentation_of
from folklore.train.checkpoint import has_checkpoint, restore, weights_of
from folklore.train.device import device_named, make_repeatable
from folklore.train.eager import without_compiler
from folklore.train.evaluation import Fit, predict, seen
from folklore.train.examples import Examples
from folklore.train.features import behind_frozen_layers
from folklore.train.feed import Augment, Feed, feeds
from folklore.train.memory import keep_freed_memory
from folklore.train.network import PRECISIONS, begun, set_training
from folklore.train.optimisers import optimiser, set_learning_rate
from folklore.train.progress import report_progress
from folklore.train.recorders import RECORDERS
from folklore.train.schedules import learning_rates
from folklore.train.trained import Trained, orphaned

# The order of the examples and their augmentation come from two streams; torch seeds a generator with 32 bits.
_AUGMENTING = 2**31


def train(settings: dict, examples: Examples, seed: int, device: str, parent: Path | None) -> Trained:
    """One seed decides the weights, the dropout, the order of the examples and how they are augmented."""
    dtype = PRECISIONS[settings["precision"]]
    place = device_named(device, dtype)
    make_repeatable(place)
    keep_freed_memory()
    torch.manual_seed(seed)
    if parent is not None and not has_checkpoint(parent, settings["parent"]["weights"]):
        return orphaned(str(place))
    model = begun(settings, examples.inputs["train"].shape[1:], examples.classes, parent)
    without_compiler()
    data = feeds(examples, place, dtype)
    model = data["train"].arranged(model.to(place))
    model, data = behind_frozen_layers(model, data, settings)
    return _Training(settings, model, data, seed).run()


class _Training:
    """A run under way: the model, its best state so far, and what was recorded."""

    def __init__(self, settings: dict, model: nn.Module, data: dict[str, Feed], seed: int):
        self.settings, self.model, self.data = settings, model, data
        learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.optimiser = optimiser(learning, settings["optimiser"])
        self.order = torch.Generator().manual_seed(seed)
        self.augment = _augment(settings["augmentation"], seed)
        self.weights = weights_of(model, "initial")
        self.initial = seen(model, data)
        recorders = [resolve_name(RECORDERS[name]) for name in settings["record"]]
        known = {part: data[part] for part in ("train", "validation")}
        self.recorders = [recorder(model, known, settings, seed) for recorder in recorders]
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
        running = self._descend(epoch)
        row = {
            "epoch": epoch,
            "lr": lr,
            "updates": epoch * self.data["train"].batches(self.settings["batch_size"]),
            "running_loss": running.loss,
            "running_accuracy": running.accuracy,
            **seen(self.model, self.data),
            "displacement": _distance(before, self.model.parameters()),
        }
        for recorder in self.recorders:
            recorder.after_epoch(epoch)
        return row

    def _descend(self, epoch: int) -> Fit:
        """One pass over the training examples; sums over mini-batches, while the weights move."""
        set_training(self.model, self.settings)
        feed = self.data["train"]
        losses, right = [], []
        for batch, rows in enumerate(self._mini_batches(), start=1):
            inputs, labels = feed.batch(rows, self.augment)
            logits = self.model(inputs)
            loss = cross_entropy(logits, labels)
            self.optimiser.zero_grad()
            loss.backward()
            for recorder in self.recorders:
                recorder.after_backward(epoch, batch, loss.detach())
            self.optimiser.step()
            for recorder in self.recorders:
                recorder.after_update(epoch, batch)
            losses.append(loss.detach() * len(rows))
            right.append(logits.detach().argmax(1) == labels)
        return Fit(torch.stack(losses).sum().item() / len(feed), torch.cat(right).sum().item() / len(feed))

    def _mini_batches(self) -> Iterator[Tensor]:
        """Row numbers: in fresh order, or in that of the split."""
        feed, size = self.data["train"], self.settings["batch_size"]
        return feed.shuffled(self.order, size) if self.settings["shuffled"] else feed.in_turn(size)

    def _keep_if_best(self, row: dict[str, float]) -> None:
        if row["validation_loss"] < self.lowest:
            self.lowest, self.best_epoch = row["validation_loss"], int(row["epoch"])
            self.weights |= weights_of(self.model, "best")

    def _test_logits(self) -> dict[str, np.ndarray]:
        """The test part is looked at once a checkpoint, after training."""
        found = {}
        for checkpoint in ("initial", "last", "best"):
            if restore(self.model, self.weights, checkpoint):
                found[checkpoint] = predict(self.model, self.data["test"]).cpu().numpy()
        return found

    def _trained(self, diverged_epoch: int | None) -> Trained:
        device = self.data["train"].labels.device
        return Trained(
            initial=self.initial,
            history=self.history,
            best_epoch=self.best_epoch,
            diverged_epoch=diverged_epoch,
            parameters=sum(parameter.numel() for parameter in self.model.parameters()),
            notes={name: made.notes() for name, made in zip(self.settings["record"], self.recorders, strict=True)},
            test_logits=self._test_logits(),
            weights=self.weights,
            seconds_per_epoch=self.seconds,
            device=str(device),
            device_memory=torch.cuda.max_memory_allocated(device) if device.type == "cuda" else None,
        )


def _augment(settings: dict, seed: int) -> Augment | None:
    """With a generator of its own, so that asking for it leaves the order of the examples as it was."""
    change = augmentation_of(settings)
    return change and partial(change, generator=torch.Generator().manual_seed(seed + _AUGMENTING))


def _distance(before: Iterable[Tensor], after: Iterable[Tensor]) -> float:
    """Euclidean, over all parameters together."""
    moved = [(now.detach() - then).norm() for then, now in zip(before, after, strict=True)]
    return torch.stack(moved).norm().item()
