"""The network of a run before its first step: fresh or from a parent's weights, whole or in part free to learn."""

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
    """Raises UserError if the model does not accept such inputs."""
    constants = {key: value for key, value in settings.items() if key != "name"}
    return resolve_name(builder(settings["name"]))(inputs, classes, **constants)


def init_model(settings: dict, inputs: InputSpec, classes: int, parent: Path | None) -> nn.Module:
    """The model of a recipe; what it does not take from its parent comes from torch's global generator.

    In double precision it begins with the numbers that it would have in single.
    """
    model = build_model(settings["model"], inputs, classes)
    if parent is not None:
        edge = settings["parents"]["weights"]
        load_parent(model, parent, edge["checkpoint"], edge["layers"])
    for layer in _frozen(model, settings["trainable"]):
        layer.requires_grad_(False)
    return model.to(DTYPES[settings["dtype"]])


def set_training(model: nn.Module, settings: dict) -> None:
    """Training mode, in which a frozen layer has the mode that the recipe gives it.

    In evaluation mode its running statistics stay too; in training mode they follow the batches, though its weights
    stay.
    """
    model.train()
    for layer in _frozen(model, settings["trainable"]):
        layer.train(settings["frozen_mode"] == "train")


def _frozen(model: nn.Module, trainable: Collection[str] | None) -> list[nn.Module]:
    """The layers with weights that are not named; none where None is."""
    if trainable is None:
        return []
    layers = {name: layer for name, layer in model.named_children() if any(True for _ in layer.parameters())}
    for name in trainable:
        if name not in layers:
            raise UserError(f"trainable: {unknown('layer with parameters', name, layers)}")
    return [layer for name, layer in layers.items() if name not in trainable]
