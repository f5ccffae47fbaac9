"""Ranking: how well the scores of each class order the validation examples, beside how often the best one is right.

Macro AUROC, one class against the rest; document 001 supposes it to be steadier than accuracy (C001-16).
"""

from torch import nn

from folklore.train.evaluation import predict
from folklore.train.feed import Feed
from folklore.train.recorders.note import Note
from folklore.train.recorders.recorder import Recorder
from folklore.train.scores import macro_auroc


class Ranking(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Feed], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self._take("start", None)

    def after_epoch(self, epoch: int) -> None:
        self._take("after_epoch", epoch)

    def _take(self, moment: str, epoch: int | None) -> None:
        """Nothing where scores are no finite numbers, or the validation examples all of one class."""
        feed = self.data["validation"]
        logits = predict(self.model, feed)
        area = macro_auroc(logits.cpu().numpy(), feed.labels.cpu().numpy()) if logits.isfinite().all() else None
        if area is not None:
            self.taken.append(Note(moment, epoch, "validation", "macro_auroc", area))
