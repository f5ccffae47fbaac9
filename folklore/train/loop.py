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
from folklore.train.batches import Augment, Batches, batches_by_split
from folklore.train.best_epoch import BestEpoch
from folklore.train.checkpointing.cache_key import CacheKey
from folklore.train.checkpointing.checkpointer import NullCheckpointer, TrainingState
from folklore.train.device import device_named, make_repeatable
from folklore.train.epoch import Epoch
from folklore.train.evaluation import evaluate_splits, predict
from folklore.train.learners.learner import TrainingJob
from folklore.train.network import DTYPES, init_model, set_training
from folklore.train.objectives.objective import build_objective
from folklore.train.optimisers import load_optimiser_state, optimiser, optimiser_state, set_learning_rate
from folklore.train.parent_files import diverged_parent, masks_of, teacher_logits
from folklore.train.precomputed_features import precompute_features
from folklore.train.pruning import Pruning
from folklore.train.recorders import RECORDERS
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import RecordedTraining, watched
from folklore.train.result import Stopped, TrainResult, diverged_parent_result
from folklore.train.rng_streams import RngStreams
from folklore.train.schedules import learning_rates
from folklore.train.weights import restore, weights_of


def train(job: TrainingJob, checkpointer: NullCheckpointer) -> TrainResult:
    """One seed decides the weights, the dropout, the order of the examples and how they are augmented."""
    settings, examples, seed = job.settings, job.examples, job.seed
    dtype = DTYPES[settings["dtype"]]
    place = device_named(job.device, dtype)
    make_repeatable(place)
    keep_freed_memory()
    torch.manual_seed(seed)
    if parent := diverged_parent(job.parents, settings):
        return diverged_parent_result(parent, place.type)
    model = init_model(settings, examples.input_spec, examples.classes, job.parents.get("weights"))
    data = batches_by_split(examples, place, dtype, teacher_logits(job.parents))
    model = data["train"].arranged(model.to(place))
    pruning = Pruning(model, masks_of(job.parents, settings))
    model, data = precompute_features(model, data, settings)
    training = _Training(settings, model, data, seed, pruning)
    with checkpointer.attached(training, CacheKey(job, place)):
        return training.run(checkpointer)


class _Training:
    """A run under way: the model, its best state so far, and what was recorded."""

    def __init__(self, settings: dict, model: nn.Module, data: dict[str, Batches], seed: int, pruning: Pruning):
        self.settings, self.model, self.data = settings, model, data
        self.device = data["train"].labels.device
        learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.optimiser = optimiser(learning, settings["optimiser"])
        self.objective = build_objective(settings["objective"])
        self.objective.prepare(self.optimiser)
        pruning.follow(self.optimiser)
        self.randomness = RngStreams(seed, self.device)
        self.augment = _augment(settings["augmentation"], self.randomness.augmentation)
        self.weights = weights_of(model, "initial") | pruning.tensors
        self.initial = evaluate_splits(model, data)
        known = {part: data[part] for part in ("train", "validation")}
        recorded = RecordedTraining(model, known, self.objective, settings, seed)
        self.recorders = [resolve_name(RECORDERS[name])(recorded) for name in settings["record"]]
        self.epoch: Epoch | None = None  # the one that is under way
        self.history: list[dict[str, float]] = []
        self.seconds: list[float] = []
        self.best = {"best": BestEpoch("validation_loss")}  # by checkpoint
        if settings["stop"]:
            self.best["stopped"] = BestEpoch(**settings["stop"])

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
            self._keep_best(row)
        if diverged_epoch is None:
            self.weights |= weights_of(self.model, "last")
        return self._trained(diverged_epoch)

    def _next_epoch(self) -> Epoch:
        """Row numbers are in fresh order, or in that of the split."""
        feed, size = self.data["train"], self.settings["batch_size"]
        batches = feed.shuffled(self.randomness.order, size) if self.settings["shuffle"] else feed.in_turn(size)
        return Epoch(len(self.history) + 1, batches, self.model.parameters())

    def _through(self, epoch: Epoch, lr: float, checkpointer: NullCheckpointer) -> dict[str, float]:
        set_learning_rate(self.optimiser, lr)
        self._descend(epoch, checkpointer)
        running = epoch.running()
        row = {
            "epoch": epoch.number,
            "lr": lr,
            "updates": epoch.number * len(epoch.batches),
            "running_loss": running.loss,
            "running_accuracy": running.accuracy,
            **evaluate_splits(self.model, self.data, partial(watched, self.recorders)),
            "update_norm": epoch.update_norm(self.model.parameters()),
        }
        if self.settings["objective"]["name"] != "cross_entropy":
            row["objective"] = epoch.objective()
        for recorder in self.recorders:
            recorder.after_epoch(epoch.number)
        return row

    def _descend(self, epoch: Epoch, checkpointer: NullCheckpointer) -> None:
        set_training(self.model, self.settings)
        for batch, rows in epoch.mini_batches():
            examples = self.data["train"].batch(rows, self.augment)
            objective, loss, logits = self.objective(self.model, examples)
            self.optimiser.zero_grad()
            objective.backward()
            for recorder in self.recorders:
                recorder.after_backward(epoch.number, batch, objective.detach())
            self.optimiser.step()
            for recorder in self.recorders:
                recorder.after_update(epoch.number, batch)
            epoch.add(objective.detach(), loss.detach(), logits.detach(), examples.labels)
            checkpointer.after_batch()

    def _keep_best(self, row: dict[str, float]) -> None:
        for checkpoint, best in self.best.items():
            if best.update(row):
                self.weights |= weights_of(self.model, checkpoint)

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
            "best": {checkpoint: best.state() for checkpoint, best in self.best.items()},
            "weights": {name: torch.from_numpy(self.weights[name]) for name in self.weights if self._is_best(name)},
        }

    def resume(self, state: TrainingState) -> None:
        self.model.load_state_dict(state["model"])
        load_optimiser_state(self.optimiser, state["optimiser"])
        self.randomness.resume(state["randomness"])
        for recorder, kept in zip(self.recorders, state["recorders"], strict=True):
            recorder.resume(kept)
        self.epoch = Epoch.resumed(state["epoch"])
        self.history, self.seconds = state["history"], state["seconds"]
        for checkpoint, best in self.best.items():
            best.resume(state["best"][checkpoint])
        self.weights |= {name: tensor.numpy() for name, tensor in state["weights"].items()}

    def _is_best(self, name: str) -> bool:
        """Return whether a tensor belongs to a checkpoint that a later epoch may replace."""
        return name.partition(".")[0] in self.best

    def progress(self) -> Progress:
        """What is left takes as long as what is done did."""
        seconds = sum(self.seconds) + self.epoch.seconds
        done = len(self.history) + self.epoch.finished / len(self.epoch.batches)
        left = seconds * (self.settings["epochs"] / done - 1)
        return Progress(self.epoch.number, self.settings["epochs"], seconds, left, self.device.type)

    def _test_logits(self) -> dict[str, np.ndarray]:
        """The test part is looked at once a checkpoint, after training."""
        found = {}
        for checkpoint in ("initial", "last", *self.best):
            if restore(self.model, self.weights, checkpoint):
                found[checkpoint] = predict(self.model, self.data["test"]).cpu().numpy()
        return found

    def _measurements(self) -> dict[str, list[Measurement]]:
        """Return what each recorder measured, by its name."""
        recorders = zip(self.settings["record"], self.recorders, strict=True)
        return {name: recorder.measurements(len(self.history)) for name, recorder in recorders}

    def _stopped(self) -> Stopped | None:
        """Return None without early stopping, or where the first epoch diverged."""
        rule = self.best.get("stopped")
        return Stopped(rule.epoch, rule.stop_epoch) if rule and rule.epoch else None

    def _trained(self, diverged_epoch: int | None) -> TrainResult:
        return TrainResult(
            initial=self.initial,
            history=self.history,
            best_epoch=self.best["best"].epoch,
            stopped=self._stopped(),
            diverged_epoch=diverged_epoch,
            parameters=sum(parameter.numel() for parameter in self.model.parameters()),
            measurements=self._measurements(),
            test_logits=self._test_logits(),
            weights=self.weights,
            seconds_per_epoch=self.seconds,
            device=self.device.type,
            device_memory=torch.cuda.max_memory_allocated(self.device) if self.device.type == "cuda" else None,
        )


def _augment(settings: dict, generator: torch.Generator) -> Augment | None:
    change = augmentation_of(settings)
    return change and partial(change, generator=generator)
