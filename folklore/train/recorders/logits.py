"""Logits: their size, the confidence that follows, and the share of each group of examples in the validation loss.

In evaluation mode, before training and after every epoch. Document 003 explains the validation loss by the logits of
training examples alone (D003-10); here correctly classified and misclassified validation examples are kept apart
(C003-22).
"""

from contextlib import AbstractContextManager

import numpy as np
import torch
from torch import Tensor

from folklore.train.calibration import calibration_error, scaled_loss, temperature
from folklore.train.evaluation import predict
from folklore.train.recorders.hooks import outputs_seen
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import RecordedTraining, Recorder
from folklore.train.scores import cross_entropies, probabilities

_DRAWN = (1, 5, 25, 80, 150)  # epochs whose logits document 003 draws, counted from 1; the last one is added

Arrays = dict[str, np.ndarray]  # by part of the data


class Logits(Recorder):
    def __init__(self, training: RecordedTraining):
        super().__init__(training)
        self.labels = {part: batches.labels.cpu().numpy() for part, batches in self.data.items()}
        self.batches: dict[str, list[Tensor]] = {}  # by part, batch by batch
        self.logits: Arrays = {}  # after the latest epoch
        self._record("start", None, {part: predict(self.model, batches) for part, batches in self.data.items()})

    def during_evaluation(self, part: str) -> AbstractContextManager:
        """Collect the logits of the loop's own evaluation."""
        self.batches[part] = collected = []
        return outputs_seen(self.model, [""], lambda _network, logits: collected.append(logits))

    def after_epoch(self, epoch: int) -> None:
        self._record("after_epoch", epoch, {part: torch.cat(batches) for part, batches in self.batches.items()})
        self.batches = {}
        if epoch in _DRAWN:
            self.recorded += _density(self.logits, epoch)

    def measurements(self, last_epoch: int) -> list[Measurement]:
        return self.recorded + ([] if last_epoch in _DRAWN else _density(self.logits, last_epoch))

    def _record(self, time_point: str, epoch: int | None, tensors: dict[str, Tensor]) -> None:
        """Record nothing where a logit is not finite."""
        logits = {part: values.cpu().numpy() for part, values in tensors.items()}
        self.logits = logits if all(np.isfinite(values).all() for values in logits.values()) else {}
        if not self.logits:
            return
        found = {
            "train": _statistics(logits["train"], self.labels["train"]),
            **_of_validation(logits["validation"], self.labels["validation"]),
        }
        self.recorded += [
            Measurement(time_point, epoch, name, statistic, value)
            for name, statistics in found.items()
            for statistic, value in statistics.items()
        ]


def _statistics(logits: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Return nothing without examples."""
    if not len(labels):
        return {}
    return {
        "mean_abs": float(np.abs(logits).mean(dtype=np.float64)),
        "sd": float(logits.std(dtype=np.float64)),
        "confidence": float(probabilities(logits).max(axis=1).mean()),
        "loss": float(cross_entropies(logits, labels).mean()),
    }


def _of_validation(logits: np.ndarray, labels: np.ndarray) -> dict[str, dict[str, float]]:
    """Return the statistics of all examples and of both groups; the `contribution` of the groups sums to the loss."""
    correct = logits.argmax(axis=1) == labels
    losses = cross_entropies(logits, labels)
    fitted = temperature(logits, labels)
    calibration = {
        "calibration_error": calibration_error(logits, labels),
        "temperature": fitted,
        "scaled_loss": scaled_loss(logits, labels, fitted),
    }
    found = {"validation": _statistics(logits, labels) | calibration}
    for name, group in (("validation_correct", correct), ("validation_misclassified", ~correct)):
        contribution = {"contribution": float(losses[group].sum() / len(labels))}
        found[name] = _statistics(logits[group], labels[group]) | contribution
    return found


def _density(logits: Arrays, epoch: int) -> list[Measurement]:
    """Return the share of the logits in each bin of width 1 that is not empty, named `part/left edge`."""
    found = []
    for part, values in logits.items():
        edges, counts = np.unique(np.floor(values).astype(int), return_counts=True)
        found += [
            Measurement("after_epoch", epoch, f"{part}/{edge}", "density", float(share))
            for edge, share in zip(edges, counts / values.size, strict=True)
        ]
    return found
