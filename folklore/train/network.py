"""The network of a run at initialisation: new or parent weights, with frozen and trainable layers."""

from collections.abc import Collection
from pathlib import Path
from pkgutil import resolve_name

import torch
from torch import nn

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError, unknown
from folklore.models import builder
from folklore.train.weights import load_parent

DTYPES = {"float32": torch.float32, "float64": torch.float64}


def build_model(settings: dict, inputs: InputSpec, classes: int) -> nn.Module:
    """Raise UserError if the model does not accept such inputs."""
    constants = {key: value for key, value in settings.items() if key != "name"}
    return resolve_name(builder(settings["name"]))(inputs, classes, **constants)


def init_model(settings: dict, inputs: InputSpec, classes: int, parent: Path | None) -> nn.Module:
    """Return the model of a recipe; weights that no parent provides come from torch's global generator.

    A float64 model starts from the weights that it would have in float32.
    """
    model = build_model(settings["model"], inputs, classes)
    if parent is not None:
        edge = settings["parents"]["weights"]
        load_parent(model, parent, edge["checkpoint"], edge["layers"])
    for layer in _frozen(model, settings["trainable"]):
        layer.requires_grad_(False)
    return model.to(DTYPES[settings["dtype"]])


def set_training(model: nn.Module, settings: dict) -> None:
    """Put the model in training mode, and its frozen layers in the recipe's mode.

    In eval mode the running statistics of a frozen layer stay as they are; in train mode they follow the batches.
    """
    model.train()
    for layer in _frozen(model, settings["trainable"]):
        layer.train(settings["frozen_mode"] == "train")


def _frozen(model: nn.Module, trainable: Collection[str] | None) -> list[nn.Module]:
    """Return the layers with parameters that `trainable` does not name; none if it is None."""
    if trainable is None:
        return []
    layers = {name: layer for name, layer in model.named_children() if any(True for _ in layer.parameters())}
    for name in trainable:
        if name not in layers:
            raise UserError(f"trainable: {unknown('layer with parameters', name, layers)}")
    return [layer for name, layer in layers.items() if name not in trainable]
