"""The training loop: mini-batch gradient descent on examples held in memory."""

from functools import partial
from pkgutil import resolve_name

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from folklore.execution.in_progress import Progress
from folklore.execution.memory import keep_freed_memory
from folklore.execution.progress import report_progress
from folklore.train.augment import augmentation_of
from folklore.train.batches import Augment, Batches, batches_by_split
from folklore.train.checkpointing.checkpointer import NullCheckpointer, TrainingState
from folklore.train.checkpointing.origin import TrainingInputs
from folklore.train.device import device_named, make_repeatable
from folklore.train.eager import stub_dynamo
from folklore.train.epoch import Epoch
from folklore.train.evaluation import evaluate_splits, predict
from folklore.train.learners.learner import TrainingJob
from folklore.train.network import PRECISIONS, init_model, set_training
from folklore.train.optimisers import load_optimiser_state, optimiser, optimiser_state, set_learning_rate
from folklore.train.parent_files import diverged_parent, masks_of
from folklore.train.precomputed_features import precompute_features
from folklore.train.pruning import Pruning
from folklore.train.recorders import RECORDERS
from folklore.train.recorders.recorder import watched
from folklore.train.result import TrainResult, diverged_parent_result
from folklore.train.rng_streams import RngStreams
from folklore.train.schedules import learning_rates
from folklore.train.weights import restore, weights_of


def train(job: TrainingJob, checkpointer: NullCheckpointer) -> TrainResult:
    """One seed decides the weights, the dropout, the order of the examples and how they are augmented."""
    settings, examples, seed = job.settings, job.examples, job.seed
    dtype = PRECISIONS[settings["precision"]]
    place = device_named(job.device, dtype)
    make_repeatable(place)
    keep_freed_memory()
    torch.manual_seed(seed)
    if parent := diverged_parent(job.parents, settings):
        return diverged_parent_result(parent, place.type)
    model = init_model(settings, examples.input_spec, examples.classes, job.parents.get("weights"))
    stub_dynamo()
    data = batches_by_split(examples, place, dtype)
    model = data["train"].arranged(model.to(place))
    pruning = Pruning(model, masks_of(job.parents, settings))
    model, data = precompute_features(model, data, settings)
    training = _Training(settings, model, data, seed, pruning)
    with checkpointer.watching(training, TrainingInputs(settings, seed, examples, job.parents, place)):
        return training.run(checkpointer)


class _Training:
    """A run under way: the model, its best state so far, and what was recorded."""

    def __init__(self, settings: dict, model: nn.Module, data: dict[str, Batches], seed: int, pruning: Pruning):
        self.settings, self.model, self.data = settings, model, data
        self.device = data["train"].labels.device
        learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.optimiser = optimiser(learning, settings["optimiser"])
        pruning.follow(self.optimiser)
        self.randomness = RngStreams(seed, self.device)
        self.augment = _augment(settings["augmentation"], self.randomness.augmentation)
        self.weights = weights_of(model, "initial") | pruning.tensors
        self.initial = evaluate_splits(model, data)
        known = {part: data[part] for part in ("train", "validation")}
        self.recorders = [resolve_name(RECORDERS[name])(model, known, settings, seed) for name in settings["record"]]
        self.epoch: Epoch | None = None  # the one that is under way
        self.history: list[dict[str, float]] = []
        self.seconds: list[float] = []
        self.lowest, self.best_epoch = float("inf"), None

    def run(self, checkpointer: NullCheckpointer) -> TrainResult:
        """From where it is to its end."""
        settings = self.settings
        rates = learning_rates(settings["optimiser"]["lr"], settings["schedule"], settings["epochs"])
        diverged_epoch = None
        for lr in rates[len(self.history) :]:
            self.epoch = epoch = self.epoch or self._next_epoch()
            row = self._through(epoch, lr, checkpointer)
            self.history.append(row)
            self.seconds.append(epoch.seconds)
            self.epoch = None
            report_progress(row, len(rates), self.seconds)
            if not np.isfinite([row["running_loss"], row["train_loss"], row["validation_loss"]]).all():
                diverged_epoch = epoch.number
                break
            self._keep_if_best(row)
        if diverged_epoch is None:
            self.weights |= weights_of(self.model, "last")
        return self._trained(diverged_epoch)

    def _next_epoch(self) -> Epoch:
        """Row numbers are in fresh order, or in that of the split."""
        feed, size = self.data["train"], self.settings["batch_size"]
        batches = feed.shuffled(self.randomness.order, size) if self.settings["shuffled"] else feed.in_turn(size)
        return Epoch(len(self.history) + 1, batches, self.model.parameters())

    def _through(self, epoch: Epoch, lr: float, checkpointer: NullCheckpointer) -> dict[str, float]:
        set_learning_rate(self.optimiser, lr)
        self._descend(epoch, checkpointer)
        running = epoch.fit()
        row = {
            "epoch": epoch.number,
            "lr": lr,
            "updates": epoch.number * len(epoch.batches),
            "running_loss": running.loss,
            "running_accuracy": running.accuracy,
            **evaluate_splits(self.model, self.data, partial(watched, self.recorders)),
            "update_norm": epoch.update_norm(self.model.parameters()),
        }
        for recorder in self.recorders:
            recorder.after_epoch(epoch.number)
        return row

    def _descend(self, epoch: Epoch, checkpointer: NullCheckpointer) -> None:
        set_training(self.model, self.settings)
        for batch, rows in epoch.mini_batches():
            inputs, labels = self.data["train"].batch(rows, self.augment)
            logits = self.model(inputs)
            loss = cross_entropy(logits, labels)
            self.optimiser.zero_grad()
            loss.backward()
            for recorder in self.recorders:
                recorder.after_backward(epoch.number, batch, loss.detach())
            self.optimiser.step()
            for recorder in self.recorders:
                recorder.after_update(epoch.number, batch)
            epoch.add(loss.detach(), logits.detach(), labels)
            checkpointer.after_batch()

    def _keep_if_best(self, row: dict[str, float]) -> None:
        if row["validation_loss"] < self.lowest:
            self.lowest, self.best_epoch = row["validation_loss"], int(row["epoch"])
            self.weights |= weights_of(self.model, "best")

    def state(self) -> TrainingState:
        """Without what beginning anew gives again: the data, the initial weights and what was seen and noted then."""
        return {
            "model": self.model.state_dict(),
            "optimiser": optimiser_state(self.optimiser),
            "randomness": self.randomness.state(),
            "recorders": [recorder.state() for recorder in self.recorders],
            "epoch": self.epoch.state(),
            "history": self.history,
            "seconds": self.seconds,
            "lowest": self.lowest,
            "best_epoch": self.best_epoch,
            "best": {name: torch.from_numpy(self.weights[name]) for name in self.weights if name.startswith("best.")},
        }

    def resume(self, state: TrainingState) -> None:
        self.model.load_state_dict(state["model"])
        load_optimiser_state(self.optimiser, state["optimiser"])
        self.randomness.resume(state["randomness"])
        for recorder, kept in zip(self.recorders, state["recorders"], strict=True):
            recorder.resume(kept)
        self.epoch = Epoch.resumed(state["epoch"])
        self.history, self.seconds = state["history"], state["seconds"]
        self.lowest, self.best_epoch = state["lowest"], state["best_epoch"]
        self.weights |= {name: tensor.numpy() for name, tensor in state["best"].items()}

    def progress(self) -> Progress:
        """What is left takes as long as what is done did."""
        seconds = sum(self.seconds) + self.epoch.seconds
        done = len(self.history) + self.epoch.done / len(self.epoch.batches)
        left = seconds * (self.settings["epochs"] / done - 1)
        return Progress(self.epoch.number, self.settings["epochs"], seconds, left, self.device.type)

    def _test_logits(self) -> dict[str, np.ndarray]:
        """The test part is looked at once a checkpoint, after training."""
        found = {}
        for checkpoint in ("initial", "last", "best"):
            if restore(self.model, self.weights, checkpoint):
                found[checkpoint] = predict(self.model, self.data["test"]).cpu().numpy()
        return found

    def _trained(self, diverged_epoch: int | None) -> TrainResult:
        return TrainResult(
            initial=self.initial,
            history=self.history,
            best_epoch=self.best_epoch,
            diverged_epoch=diverged_epoch,
            parameters=sum(parameter.numel() for parameter in self.model.parameters()),
            notes={name: made.notes() for name, made in zip(self.settings["record"], self.recorders, strict=True)},
            test_logits=self._test_logits(),
            weights=self.weights,
            seconds_per_epoch=self.seconds,
            device=self.device.type,
            device_memory=torch.cuda.max_memory_allocated(self.device) if self.device.type == "cuda" else None,
        )


def _augment(settings: dict, generator: torch.Generator) -> Augment | None:
    change = augmentation_of(settings)
    return change and partial(change, generator=generator)
