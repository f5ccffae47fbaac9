"""Logits: how large they grow, how sure they make the network, and which examples pay for it.

In evaluation mode, before training and after every epoch. Document 003 shows logits of training alone for what happens
on validation (D003-10); here the validation examples are told apart by whether they are classified rightly (C003-22).
"""

from contextlib import AbstractContextManager

import numpy as np
import torch
from torch import Tensor, nn

from folklore.train.batches import Batches
from folklore.train.calibration import calibration_error, scaled_loss, temperature
from folklore.train.evaluation import predict
from folklore.train.recorders.hooks import outputs_seen
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import Recorder
from folklore.train.scores import cross_entropies, probabilities

_DRAWN = (1, 5, 25, 80, 150)  # epochs whose logits document 003 draws, counted from 1; the last one is added


class Logits(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self.labels = {part: feed.labels.cpu().numpy() for part, feed in data.items()}
        self.passed: dict[str, list[Tensor]] = {}  # by part, batch after batch
        self._take("start", None, {part: predict(model, feed) for part, feed in data.items()})

    def during_evaluation(self, part: str) -> AbstractContextManager:
        """Of the pass that the loop makes anyway."""
        self.passed[part] = passed = []
        return outputs_seen(self.model, [""], lambda _network, logits: passed.append(logits))

    def after_epoch(self, epoch: int) -> None:
        self._take("after_epoch", epoch, {part: torch.cat(passed) for part, passed in self.passed.items()})
        self.passed = {}

    def _take(self, moment: str, epoch: int | None, given: dict[str, Tensor]) -> None:
        """Nothing where logits are no finite numbers."""
        logits = {part: values.cpu().numpy() for part, values in given.items()}
        if not all(np.isfinite(values).all() for values in logits.values()):
            return
        found = {
            "train": _measures(logits["train"], self.labels["train"]),
            **_of_validation(logits["validation"], self.labels["validation"]),
        }
        if epoch in _DRAWN or self.is_last(epoch):
            found |= {name: {"density": share} for part in logits for name, share in _density(part, logits[part])}
        self.taken += [
            Measurement(moment, epoch, name, measure, value)
            for name, measures in found.items()
            for measure, value in measures.items()
        ]


def _measures(logits: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """None of no examples."""
    if not len(labels):
        return {}
    return {
        "size": float(np.abs(logits).mean(dtype=np.float64)),
        "sd": float(logits.std(dtype=np.float64)),
        "confidence": float(probabilities(logits).max(axis=1).mean()),
        "loss": float(cross_entropies(logits, labels).mean()),
    }


def _of_validation(logits: np.ndarray, labels: np.ndarray) -> dict[str, dict[str, float]]:
    """`contribution`: what a group adds to the mean loss of all validation examples."""
    right = logits.argmax(axis=1) == labels
    losses = cross_entropies(logits, labels)
    cooling = temperature(logits, labels)
    together = {
        "calibration_error": calibration_error(logits, labels),
        "temperature": cooling,
        "scaled_loss": scaled_loss(logits, labels, cooling),
    }
    found = {"validation": _measures(logits, labels) | together}
    for name, group in (("validation_right", right), ("validation_wrong", ~right)):
        contribution = {"contribution": float(losses[group].sum() / len(labels))}
        found[name] = _measures(logits[group], labels[group]) | contribution
    return found


def _density(part: str, logits: np.ndarray) -> list[tuple[str, float]]:
    """`part/left edge` and the share of the logits in each bin of width 1 that is not empty."""
    edges, counts = np.unique(np.floor(logits).astype(int), return_counts=True)
    return [(f"{part}/{edge}", float(share)) for edge, share in zip(edges, counts / logits.size, strict=True)]
