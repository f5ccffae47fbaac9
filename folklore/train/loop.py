"""The training loop: mini-batch gradient descent on examples held in memory."""

from functools import partial
from pkgutil import resolve_name

import numpy as np
import torch
from torch import nn

from folklore.execution.in_progress import Progress
from folklore.execution.memory import keep_freed_memory
from folklore.execution.progress import report_progress
from folklore.train.augment import augmentation_of
from folklore.train.batches import Batches, batches_by_split
from folklore.train.checkpointing.cache_key import CacheKey
from folklore.train.checkpointing.checkpointer import NullCheckpointer, TrainingState
from folklore.train.checkpoints import Checkpoints
from folklore.train.device import device_named, make_repeatable
from folklore.train.epoch import Epoch
from folklore.train.evaluation import evaluate_splits
from folklore.train.learners.learner import TrainingJob
from folklore.train.network import DTYPES, init_model, set_training
from folklore.train.objectives.objective import build_objective
from folklore.train.optimisers import build_optimiser, load_optimiser_state, optimiser_state, set_learning_rate
from folklore.train.parent_files import diverged_parent, masks_of, teacher_logits
from folklore.train.precomputed_features import precompute_features
from folklore.train.pruning import Pruning
from folklore.train.recorders import RECORDERS
from folklore.train.recorders.recorder import RecordedTraining, watched
from folklore.train.result import TrainResult, diverged_parent_result
from folklore.train.rng_streams import RngStreams
from folklore.train.schedules import learning_rates


def train(job: TrainingJob, checkpointer: NullCheckpointer) -> TrainResult:
    """Train a network. One seed sets initial weights, dropout, the order of the examples and their augmentation."""
    settings, examples, seed = job.settings, job.examples, job.seed
    dtype = DTYPES[settings["dtype"]]
    device = device_named(job.device, dtype)
    make_repeatable(device)
    keep_freed_memory()
    torch.manual_seed(seed)
    if parent := diverged_parent(job.parents, settings):
        return diverged_parent_result(parent, device.type)
    model = init_model(settings, examples.input_spec, examples.classes, job.parents.get("weights"))
    data = batches_by_split(examples, device, dtype, teacher_logits(job.parents))
    model = data["train"].match_memory_format(model.to(device))
    pruning = Pruning(model, masks_of(job.parents, settings))
    model, data = precompute_features(model, data, settings)
    training = _Training(settings, model, data, seed, pruning)
    with checkpointer.attached(training, CacheKey(job, device)):
        return training.run(checkpointer)


class _Training:
    """A run in progress."""

    def __init__(self, settings: dict, model: nn.Module, data: dict[str, Batches], seed: int, pruning: Pruning):
        self.settings, self.model, self.data, self.pruning = settings, model, data, pruning
        self.device = data["train"].labels.device
        trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.optimiser = build_optimiser(trained, settings["optimiser"])
        self.objective = build_objective(settings["objective"])
        self.objective.prepare(self.optimiser)
        pruning.follow(self.optimiser)
        self.rng = RngStreams(seed, self.device)
        augment = augmentation_of(settings["augmentation"])
        self.augment = augment and partial(augment, generator=self.rng.augmentation)
        self.checkpoints = Checkpoints(model, settings["stop"])
        self.initial = evaluate_splits(model, data)
        visible = {part: data[part] for part in ("train", "validation")}
        recorded = RecordedTraining(model, visible, self.objective, settings, seed)
        self.recorders = {name: resolve_name(RECORDERS[name])(recorded) for name in settings["record"]}
        self.epoch: Epoch | None = None  # the epoch in progress
        self.history: list[dict[str, float]] = []
        self.seconds: list[float] = []  # by epoch

    def run(self, checkpointer: NullCheckpointer) -> TrainResult:
        """Train the epochs that are left, or until a loss is not finite."""
        settings = self.settings
        rates = learning_rates(settings["optimiser"]["lr"], settings["schedule"], settings["epochs"])
        diverged_epoch = None
        for lr in rates[len(self.history) :]:
            self.epoch = epoch = self.epoch or self._next_epoch()
            row = self._train_epoch(epoch, lr, checkpointer)
            self.history.append(row)
            self.seconds.append(epoch.seconds)
            self.epoch = None
            report_progress(row, len(rates), self.seconds)
            if not np.isfinite([row["running_loss"], row["train_loss"], row["validation_loss"]]).all():
                diverged_epoch = epoch.number
                break
            self.checkpoints.after_epoch(row)
        if diverged_epoch is None:
            self.checkpoints.at_end()
        return self._result(diverged_epoch)

    def _next_epoch(self) -> Epoch:
        train, size = self.data["train"], self.settings["batch_size"]
        batches = train.shuffled(self.rng.order, size) if self.settings["shuffle"] else train.in_order(size)
        return Epoch(len(self.history) + 1, batches, self.model.parameters())

    def _train_epoch(self, epoch: Epoch, lr: float, checkpointer: NullCheckpointer) -> dict[str, float]:
        """Return the row of the history."""
        set_learning_rate(self.optimiser, lr)
        self._update(epoch, checkpointer)
        running = epoch.running()
        row = {
            "epoch": epoch.number,
            "lr": lr,
            "updates": epoch.number * len(epoch.batches),
            "running_loss": running.loss,
            "running_accuracy": running.accuracy,
            **evaluate_splits(self.model, self.data, partial(watched, self.recorders.values())),
            "update_norm": epoch.update_norm(self.model.parameters()),
        }
        if self.settings["objective"]["name"] != "cross_entropy":
            row["objective"] = epoch.objective()
        for recorder in self.recorders.values():
            recorder.after_epoch(epoch.number)
        return row

    def _update(self, epoch: Epoch, checkpointer: NullCheckpointer) -> None:
        """Take one optimiser step per mini-batch that is left."""
        set_training(self.model, self.settings)
        recorders = self.recorders.values()
        for number, rows in epoch.mini_batches():
            batch = self.data["train"].batch(rows, self.augment)
            objective, loss, logits = self.objective(self.model, batch)
            self.optimiser.zero_grad()
            objective.backward()
            for recorder in recorders:
                recorder.after_backward(epoch.number, number, objective.detach())
            self.optimiser.step()
            for recorder in recorders:
                recorder.after_update(epoch.number, number)
            epoch.add(objective.detach(), loss.detach(), logits.detach(), batch.labels)
            checkpointer.after_batch()

    def state(self) -> TrainingState:
        """Return what a fresh start does not make again: no data, initial weights, or first measurements."""
        return {
            "model": self.model.state_dict(),
            "optimiser": optimiser_state(self.optimiser),
            "rng": self.rng.state(),
            "recorders": {name: recorder.state() for name, recorder in self.recorders.items()},
            "checkpoints": self.checkpoints.state(),
            "epoch": self.epoch.state(),
            "history": self.history,
            "seconds": self.seconds,
        }

    def resume(self, state: TrainingState) -> None:
        self.model.load_state_dict(state["model"])
        load_optimiser_state(self.optimiser, state["optimiser"])
        self.rng.resume(state["rng"])
        for name, recorder in self.recorders.items():
            recorder.resume(state["recorders"][name])
        self.checkpoints.resume(state["checkpoints"])
        self.epoch = Epoch.resumed(state["epoch"])
        self.history, self.seconds = state["history"], state["seconds"]

    def progress(self) -> Progress:
        """Estimate the seconds left from the mean time per epoch."""
        seconds = sum(self.seconds) + self.epoch.seconds
        epochs = len(self.history) + self.epoch.finished / len(self.epoch.batches)
        left = seconds * (self.settings["epochs"] / epochs - 1)
        return Progress(self.epoch.number, self.settings["epochs"], seconds, left, self.device.type)

    def _result(self, diverged_epoch: int | None) -> TrainResult:
        """Measure the end of the run with the last weights, then score the test set once per checkpoint."""
        measurements = {name: recorder.measurements(len(self.history)) for name, recorder in self.recorders.items()}
        return TrainResult(
            initial=self.initial,
            history=self.history,
            best_epoch=self.checkpoints.best_epoch,
            stopped=self.checkpoints.stopped,
            diverged_epoch=diverged_epoch,
            parameters=sum(parameter.numel() for parameter in self.model.parameters()),
            measurements=measurements,
            test_logits=self.checkpoints.logits(self.data["test"]),
            weights=self.checkpoints.weights | self.pruning.tensors,
            seconds_per_epoch=self.seconds,
            device=self.device.type,
            device_memory=torch.cuda.max_memory_allocated(self.device) if self.device.type == "cuda" else None,
        )
