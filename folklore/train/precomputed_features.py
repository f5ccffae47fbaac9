"""Features: what the layers at the front of a network make of the examples, worked out once and not in every epoch."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile
from pkgutil import resolve_name

import torch
from torch import Tensor, nn

from folklore.train.batches import Batches
from folklore.train.recorders import RECORDERS


def precompute_features(
    model: nn.Module, data: dict[str, Batches], settings: dict
) -> tuple[nn.Module, dict[str, Batches]]:
    """A network that begins behind its frozen front, and what that front puts out for the examples; weights and names
    of the network stay. Both are as they were where the front's outputs are not the same in every epoch.
    """
    front = _frozen_front(model, settings) if _the_same_every_epoch(settings) else []
    if not any(True for layer in front for _ in layer.parameters()):
        return model, data
    features = {part: _fed_on(nn.Sequential(*front), feed) for part, feed in data.items()}
    return _Behind(OrderedDict(model.named_children()), len(front)), features


def outputs(front: nn.Module, feed: Batches) -> Tensor:
    """[n, …] in evaluation mode, in the order of the feed's rows."""
    front.eval()
    with torch.no_grad():
        return torch.cat([front(feed.batch(rows).inputs) for rows in feed.in_order()])


class _Behind(nn.Sequential):
    """All layers of a network, the first of which are passed over."""

    def __init__(self, layers: "OrderedDict[str, nn.Module]", passed_over: int):
        super().__init__(layers)
        self.passed_over = passed_over

    def forward(self, features: Tensor) -> Tensor:
        for layer in list(self)[self.passed_over :]:
            features = layer(features)
        return features


def _the_same_every_epoch(settings: dict) -> bool:
    return (
        settings["trainable"] is not None
        and settings["frozen_mode"] == "eval"
        and settings["dtype"] == "float32"  # a feed keeps its inputs in no more
        and not any(settings["augmentation"].values())
        and not _watched(settings["record"])
    )


def _watched(recorders: Iterable[str]) -> bool:
    """Return whether a recorder measures the outputs of hidden layers, the frozen ones among them."""
    return any(resolve_name(RECORDERS[name]).watches_layers for name in recorders)


def _frozen_front(model: nn.Module, settings: dict) -> list[nn.Module]:
    """The layers before the first that learns or draws random numbers."""
    if type(model) is not nn.Sequential:
        return []

    def settled(named: tuple[str, nn.Module]) -> bool:
        name, layer = named
        return name not in settings["trainable"] and not isinstance(layer, nn.Dropout)

    return [layer for _, layer in takewhile(settled, model.named_children())]


def _fed_on(front: nn.Module, feed: Batches) -> Batches:
    features = outputs(front, feed).movedim(1, -1)
    flat = features.reshape(len(features), -1)
    one = torch.ones(flat.shape[1], device=flat.device)
    return replace(
        feed, inputs=flat, factor=one, offset=torch.zeros_like(one), shape=tuple(features.shape[1:]), categorical=None
    )
