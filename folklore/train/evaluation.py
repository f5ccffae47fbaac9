"""Evaluation of a model: without dropout, with the running statistics of batch norm."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from folklore.train.batches import Augment, Batches


@dataclass(frozen=True)
class LossAccuracy:
    """Means over examples."""

    loss: float  # cross-entropy, in nats
    accuracy: float


def evaluate(model: nn.Module, batches: Batches, augment: Augment | None = None) -> LossAccuracy:
    logits = predict(model, batches, augment)
    loss = cross_entropy(logits, batches.labels)
    return LossAccuracy(loss.item(), (logits.argmax(1) == batches.labels).float().mean().item())


def evaluate_splits(
    model: nn.Module, data: dict[str, Batches], watched: Callable[[str], AbstractContextManager] = nullcontext
) -> dict[str, float]:
    """Return loss and accuracy on the unaugmented training set and on the validation set, named as in the history.

    `watched(part)`: a context for the evaluation of that part.
    """
    found = {}
    for part in ("train", "validation"):
        with watched(part):
            found[part] = evaluate(model, data[part])
    return {f"{part}_{name}": value for part, scores in found.items() for name, value in vars(scores).items()}


@torch.inference_mode()
def predict(model: nn.Module, batches: Batches, augment: Augment | None = None) -> Tensor:
    """Return logits [n, classes] on the device of the batches, in the order of their rows."""
    model.eval()
    return torch.cat([model(batches.batch(rows, augment).inputs) for rows in batches.for_evaluation()])
