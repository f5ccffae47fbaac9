"""AUROC: macro AUROC (one-vs-rest) on the validation set, before training and after every epoch.

Document 001 supposes that it is steadier than accuracy (C001-16).
"""

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor

from folklore.train.evaluation import predict
from folklore.train.recorders.hooks import outputs_seen
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import RecordedTraining, Recorder
from folklore.train.scores import macro_auroc


class Auroc(Recorder):
    def __init__(self, training: RecordedTraining):
        super().__init__(training)
        self.labels = self.data["validation"].labels.cpu().numpy()
        self._record("start", None, predict(self.model, self.data["validation"]))

    def during_evaluation(self, part: str) -> AbstractContextManager:
        """Collect the logits of the loop's own evaluation."""
        if part != "validation":
            return nullcontext()
        self.logits: list[Tensor] = []  # batch by batch
        return outputs_seen(self.model, [""], lambda _network, logits: self.logits.append(logits))

    def after_epoch(self, epoch: int) -> None:
        self._record("after_epoch", epoch, torch.cat(self.logits))

    def _record(self, time_point: str, epoch: int | None, logits: Tensor) -> None:
        """Record nothing where a logit is not finite, or where all validation examples have one class."""
        area = macro_auroc(logits.cpu().numpy(), self.labels) if logits.isfinite().all() else None
        if area is not None:
            self.recorded.append(Measurement(time_point, epoch, "validation", "macro_auroc", area))
