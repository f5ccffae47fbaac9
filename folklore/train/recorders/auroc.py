"""Ranking: how well the scores of each class order the validation examples, beside how often the best one is right.

Macro AUROC, one class against the rest; document 001 supposes it to be steadier than accuracy (C001-16).
"""

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor, nn

from folklore.train.batches import Batches
from folklore.train.evaluation import predict
from folklore.train.recorders.hooks import outputs_seen
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import Recorder
from folklore.train.scores import macro_auroc


class Auroc(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self.labels = data["validation"].labels.cpu().numpy()
        self._take("start", None, predict(model, data["validation"]))

    def during_evaluation(self, part: str) -> AbstractContextManager:
        """Of the pass that the loop makes anyway."""
        if part != "validation":
            return nullcontext()
        self.passed: list[Tensor] = []  # batch after batch
        return outputs_seen(self.model, [""], lambda _network, logits: self.passed.append(logits))

    def after_epoch(self, epoch: int) -> None:
        self._take("after_epoch", epoch, torch.cat(self.passed))

    def _take(self, moment: str, epoch: int | None, logits: Tensor) -> None:
        """Nothing where scores are no finite numbers, or the validation examples all of one class."""
        area = macro_auroc(logits.cpu().numpy(), self.labels) if logits.isfinite().all() else None
        if area is not None:
            self.taken.append(Measurement(moment, epoch, "validation", "macro_auroc", area))
