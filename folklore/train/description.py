"""What can be said of a recipe without training it: its rates, its scaled inputs, the layers of its model."""

from typing import Any

import torch
from torch import nn

from folklore.models import MODELS
from folklore.models.addition import Addition
from folklore.train.examples import Examples, channel_statistics
from folklore.train.network import build_model
from folklore.train.schedules import learning_rates

_ACTIVATIONS = (nn.ReLU, nn.LeakyReLU, nn.Tanh, nn.Sigmoid, nn.GELU)


def describe(settings: dict[str, Any], data: Examples, budget: int | None) -> dict[str, Any]:
    """`budget`: epochs over which the learning rate is traced; none for a learner without epochs."""
    mean, deviation = channel_statistics(data.scaling.apply(data.inputs["train"]))
    model = (
        build_model(settings["model"], data.inputs["train"].shape[1:], data.classes) if _has_layers(settings) else None
    )
    return {
        "lr": learning_rates(settings["optimiser"]["lr"], settings["schedule"], budget) if budget else [],
        "inputs": {"mean": mean.tolist(), "sd": deviation.tolist()},
        "layers": layers(model, data.inputs["train"].shape[1:]) if model else [],
        "weights": {name: tensor.numel() for name, tensor in model.named_parameters()} if model else {},
    }


def _has_layers(settings: dict[str, Any]) -> bool:
    return settings["model"]["name"] in MODELS


def layers(model: nn.Module, shape: tuple[int, ...]) -> list[dict[str, Any]]:
    """A row a layer in the order of the forward pass; an activation stands in the row of the layer that it follows.

    Pooling that is done first, because it commutes with the activation, is not that layer.
    """
    rows: list[dict[str, Any]] = []

    def note(name: str):
        return lambda module, _, output: _add(rows, name, module, output)

    hooks = [
        module.register_forward_hook(note(name))
        for name, module in model.named_modules()
        if not list(module.children())
    ]
    with torch.no_grad():
        model.eval()(torch.zeros(1, *shape))
    for hook in hooks:
        hook.remove()
    return rows


def _add(rows: list[dict[str, Any]], name: str, module: nn.Module, output: torch.Tensor) -> None:
    if isinstance(module, _ACTIVATIONS):
        followed = next(row for row in reversed(rows) if not row["kind"].startswith("max-pooling"))
        followed["activation"] = type(module).__name__
        return
    rows.append(
        {
            "layer": name,
            "kind": _in_words(module),
            "output": "×".join(str(size) for size in output.shape[1:]),
            "activation": None,
            "parameters": sum(parameter.numel() for parameter in module.parameters()),
            "macs": _multiply_adds(module, output),
        }
    )


def _in_words(module: nn.Module) -> str:
    match module:
        case nn.Conv2d():
            height, width = module.kernel_size
            return f"convolution {height}×{width}, {module.in_channels} → {module.out_channels}"
        case nn.Linear():
            return f"linear {module.in_features} → {module.out_features}"
        case nn.MaxPool2d():
            return f"max-pooling {module.kernel_size}×{module.kernel_size}"
        case nn.BatchNorm1d() | nn.BatchNorm2d():
            return "batch norm"
        case nn.Dropout():
            return f"dropout {module.p:g}"
        case nn.Flatten():
            return "flatten"
        case Addition():
            return "sum of both ways"
    return type(module).__name__


def _multiply_adds(module: nn.Module, output: torch.Tensor) -> int:
    """Of one example; only convolutions and linear layers count."""
    if isinstance(module, nn.Conv2d):
        return module.weight[0].numel() * output[0].numel()
    return module.weight.numel() if isinstance(module, nn.Linear) else 0
