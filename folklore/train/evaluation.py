"""What a model as it is makes of the examples of a part: dropout off, batch norm on its running statistics."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from folklore.train.batches import Augment, Batches


@dataclass(frozen=True)
class LossAccuracy:
    """Mean over examples."""

    loss: float
    accuracy: float


def evaluate(model: nn.Module, feed: Batches, augment: Augment | None = None) -> LossAccuracy:
    logits = predict(model, feed, augment)
    loss = cross_entropy(logits, feed.labels)
    return LossAccuracy(loss.item(), (logits.argmax(1) == feed.labels).float().mean().item())


def evaluate_splits(
    model: nn.Module, data: dict[str, Batches], watched: Callable[[str], AbstractContextManager] = nullcontext
) -> dict[str, float]:
    """Loss and accuracy on the clean training examples and on those for validation, by the names of the history.

    `watched(part)` is entered while a part passes through the model.
    """
    fits = {}
    for part in ("train", "validation"):
        with watched(part):
            fits[part] = evaluate(model, data[part])
    return {f"{part}_{name}": value for part, fit in fits.items() for name, value in vars(fit).items()}


@torch.inference_mode()
def predict(model: nn.Module, feed: Batches, augment: Augment | None = None) -> Tensor:
    """Logits [n, classes] on the feed's device, in the order of its rows."""
    model.eval()
    return torch.cat([model(feed.batch(rows, augment).inputs) for rows in feed.in_order()])
