"""Precomputed features: the outputs of frozen layers at the front of a network, computed once instead of per epoch."""

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
    """Return a network that starts behind its frozen front, and the front's outputs as its data.

    Parameters and their names stay. Return both arguments unchanged if the front's outputs vary between epochs.
    """
    front = _frozen_front(model, settings) if _front_is_constant(settings) else []
    if not any(True for layer in front for _ in layer.parameters()):
        return model, data
    features = {part: _front_outputs(nn.Sequential(*front), feed) for part, feed in data.items()}
    return _Back(OrderedDict(model.named_children()), len(front)), features


def outputs(front: nn.Module, feed: Batches) -> Tensor:
    """Return outputs [n, …] in eval mode, in the order of the feed's rows."""
    front.eval()
    with torch.no_grad():
        return torch.cat([front(feed.batch(rows).inputs) for rows in feed.for_evaluation()])


class _Back(nn.Sequential):
    """All layers of a network, of which the first are skipped."""

    def __init__(self, layers: "OrderedDict[str, nn.Module]", skipped: int):
        super().__init__(layers)
        self.skipped = skipped

    def forward(self, features: Tensor) -> Tensor:
        for layer in list(self)[self.skipped :]:
            features = layer(features)
        return features


def _front_is_constant(settings: dict) -> bool:
    return (
        settings["trainable"] is not None
        and settings["frozen_mode"] == "eval"
        and settings["dtype"] == "float32"  # batches store their inputs in it
        and not any(settings["augmentation"].values())
        and not _watched(settings["record"])
    )


def _watched(recorders: Iterable[str]) -> bool:
    """Return whether a recorder measures the outputs of hidden layers, the frozen ones among them."""
    return any(resolve_name(RECORDERS[name]).watches_layers for name in recorders)


def _frozen_front(model: nn.Module, settings: dict) -> list[nn.Module]:
    """Return the layers before the first that is trained or draws random numbers."""
    if type(model) is not nn.Sequential:
        return []

    def is_constant(named: tuple[str, nn.Module]) -> bool:
        name, layer = named
        return name not in settings["trainable"] and not isinstance(layer, nn.Dropout)

    return [layer for _, layer in takewhile(is_constant, model.named_children())]


def _front_outputs(front: nn.Module, feed: Batches) -> Batches:
    features = outputs(front, feed).movedim(1, -1)
    flat = features.reshape(len(features), -1)
    one = torch.ones(flat.shape[1], device=flat.device)
    return replace(
        feed, inputs=flat, factor=one, offset=torch.zeros_like(one), shape=tuple(features.shape[1:]), categorical=None
    )
