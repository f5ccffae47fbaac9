"""The layers of a network as it runs: what each is, what it takes in, and what it costs."""

from typing import Any

import torch
from torch import Tensor, nn

from folklore.data.input_spec import InputSpec
from folklore.models.residual_add import ResidualAdd

ACTIVATIONS = (nn.ReLU, nn.LeakyReLU, nn.Tanh, nn.Sigmoid, nn.GELU, nn.Identity)
_OUTPUTS = (nn.Softmax, nn.LogSoftmax)

INPUT = "input"


def model_summary(model: nn.Module, inputs: InputSpec) -> list[dict[str, Any]]:
    """A row a layer in the order of the forward pass; an activation stands in the row of the layer that it follows.

    Pooling that is done first, because it commutes with the activation, is not that layer. `after` names the layers
    whose output a layer takes in.
    """
    trace = _Trace(torch.zeros(1, *inputs.shape))
    hooks = [
        module.register_forward_hook(trace.noting(name))
        for name, module in model.named_modules()
        if not list(module.children())
    ]
    with torch.no_grad():
        model.eval()(trace.inputs)
    for hook in hooks:
        hook.remove()
    return trace.rows


class _Trace:
    """One pass through a network, under way."""

    def __init__(self, inputs: Tensor):
        self.inputs = inputs
        self.rows: list[dict[str, Any]] = []
        self.made: list[tuple[Tensor, str]] = [(inputs, INPUT)]  # every tensor so far, and the layer that made it

    def noting(self, name: str):
        return lambda module, taken, output: self._note(name, module, taken, output)

    def _note(self, name: str, module: nn.Module, taken: tuple[Tensor, ...], output: Tensor) -> None:
        after = [self._maker(tensor) for tensor in taken]
        if isinstance(module, ACTIVATIONS + _OUTPUTS):
            if not isinstance(module, nn.Identity):
                followed = next(row for row in reversed(self.rows) if not row["kind"].startswith("max-pooling"))
                followed["activation"] = type(module).__name__
            self.made.append((output, after[0]))
            return
        self.made.append((output, name))
        self.rows.append(
            {
                "layer": name,
                "kind": _in_words(module),
                "after": after,
                "output": "×".join(str(size) for size in output.shape[1:]),
                "activation": None,
                "parameters": sum(parameter.numel() for parameter in module.parameters()),
                "macs": _multiply_adds(module, output),
            }
        )

    def _maker(self, tensor: Tensor) -> str:
        """The latest, since a layer may work in place."""
        return next(name for made, name in reversed(self.made) if made is tensor)


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
        case ResidualAdd():
            return "sum of both ways"
    return type(module).__name__


def _multiply_adds(module: nn.Module, output: torch.Tensor) -> int:
    """Of one example; only convolutions and linear layers count."""
    if isinstance(module, nn.Conv2d):
        return module.weight[0].numel() * output[0].numel()
    return module.weight.numel() if isinstance(module, nn.Linear) else 0
