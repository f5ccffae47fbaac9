"""Distillation: a student learns from the logits of a teacher, and in part from the labels.

Hinton, Vinyals and Dean (2015), Distilling the Knowledge in a Neural Network. The divergence is a mean over examples
("batchmean"); the default of `torch.nn.functional.kl_div` divides it by the number of classes too (defect D002-34).
"""

from dataclasses import dataclass

from torch import nn
from torch.nn.functional import cross_entropy, kl_div, log_softmax

from folklore.train.batches import Batch
from folklore.train.objectives.objective import Evaluated, Objective


@dataclass(frozen=True)
class Distillation(Objective):
    alpha: float
    temperature: float

    def __call__(self, model: nn.Module, batch: Batch) -> Evaluated:
        logits = model(batch.inputs)
        loss = cross_entropy(logits, batch.labels)
        student, teacher = (log_softmax(given / self.temperature, dim=1) for given in (logits, batch.teacher_logits))
        divergence = kl_div(student, teacher, reduction="batchmean", log_target=True)
        objective = (1 - self.alpha) * loss + self.alpha * self.temperature**2 * divergence
        return Evaluated(objective, loss, logits)
