"""What a model as it is makes of the examples of a part: dropout off, batch norm on its running statistics."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from folklore.train.feed import Augment, Feed


@dataclass(frozen=True)
class Fit:
    """Mean over examples."""

    loss: float
    accuracy: float


def evaluate(model: nn.Module, feed: Feed, augment: Augment | None = None) -> Fit:
    logits = predict(model, feed, augment)
    loss = cross_entropy(logits, feed.labels)
    return Fit(loss.item(), (logits.argmax(1) == feed.labels).float().mean().item())


def seen(
    model: nn.Module, data: dict[str, Feed], watched: Callable[[str], AbstractContextManager] = nullcontext
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
def predict(model: nn.Module, feed: Feed, augment: Augment | None = None) -> Tensor:
    """Logits [n, classes] on the feed's device, in the order of its rows."""
    model.eval()
    return torch.cat([model(feed.batch(rows, augment)[0]) for rows in feed.in_order()])
