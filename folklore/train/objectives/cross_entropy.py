"""Cross-entropy of the logits with the labels, the mean over a mini-batch."""

from torch import nn
from torch.nn.functional import cross_entropy

from folklore.train.batches import Batch
from folklore.train.objectives.objective import Evaluated, Objective


class CrossEntropy(Objective):
    def __call__(self, model: nn.Module, batch: Batch) -> Evaluated:
        logits = model(batch.inputs)
        loss = cross_entropy(logits, batch.labels)
        return Evaluated(loss, loss, logits)
