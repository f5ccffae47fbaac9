"""Summarise the layers of a network as it runs: kind, inputs, output, parameters and multiply-adds of each."""

import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from folklore.data.input_spec import InputSpec
from folklore.models.columns import Columns
from folklore.models.example_inputs import example_inputs
from folklore.models.residual_add import ResidualAdd
from folklore.train.activations import ACTIVATIONS
from folklore.train.tensor_origins import TensorOrigins, tensors_in

INPUT = "input"

Row = dict[str, Any]


def model_summary(model: nn.Module, inputs: InputSpec) -> list[Row]:
    """Return one row per module that has no submodules of its own, in the order in which the forward pass calls them.

    An activation is written in the row of the layer that it follows; max-pooling that comes first, because it commutes
    with the activation, is not that layer. `after` lists the rows whose outputs flow into the module. A module with
    submodules has a row if it has parameters or multiplications of its own.
    """
    example = example_inputs(inputs)
    trace = _Trace(example)
    with torch.no_grad(), _countable_operations(), trace.watching(model.eval()):
        model(example)
    return trace.finished_rows(model)


@contextmanager
def _countable_operations() -> Iterator[None]:
    """Let attention and recurrent layers run as matrix products, since torch counts none of their fused kernels."""
    fast_path = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        with warnings.catch_warnings(), sdpa_kernel(SDPBackend.MATH):
            warnings.filterwarnings("ignore", "TF32", UserWarning)  # oneDNN names a setting that it does not have here
            with torch.backends.mkldnn.flags(enabled=False):
                yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fast_path)


class _Trace:
    """One forward pass with the calls of its modules."""

    def __init__(self, inputs: torch.Tensor | Columns):
        self.origins, self.flops = TensorOrigins(), FlopCounterMode(display=False)
        for tensor in tensors_in(inputs):
            self.origins.set(tensor, [INPUT])
        self.rows: dict[str, Row] = {}  # by module, in the order of their first calls' ends
        self.leaves: set[str] = set()  # modules that call no other
        self.running = [_Call("", 0)]

    @contextmanager
    def watching(self, model: nn.Module) -> Iterator[None]:
        with ExitStack() as stack:
            for name, module in model.named_modules():
                stack.callback(module.register_forward_pre_hook(self._starting(name)).remove)
                stack.callback(module.register_forward_hook(self._ended, with_kwargs=True).remove)
            stack.enter_context(self.flops)
            stack.enter_context(self.origins)
            yield

    def _starting(self, name: str):
        def start(module: nn.Module, inputs: tuple) -> None:  # noqa: ARG001
            self.running.append(_Call(name, self.flops.get_total_flops()))

        return start

    def _ended(self, module: nn.Module, inputs: tuple, options: dict, output: Any) -> None:
        call, caller = self.running.pop(), self.running[-1]
        flops = self.flops.get_total_flops() - call.flops_before
        caller.nested_flops += flops
        caller.is_leaf = False
        after = self.origins.of(inputs, options)
        if call.is_leaf and self._is_activation_of_a_row(module, after):
            return
        row = self.rows.setdefault(call.name, _new_row(call.name, module, after, output))
        row["macs"] += (flops - call.nested_flops) // 2
        if call.is_leaf:
            self.leaves.add(call.name)
            for tensor in tensors_in(output):
                self.origins.set(tensor, [call.name])

    def _is_activation_of_a_row(self, module: nn.Module, after: list[str]) -> bool:
        """Write an activation in the row that it follows; the identity is in no row."""
        if isinstance(module, nn.Identity):
            return True
        followed = self._followed(after) if isinstance(module, (*ACTIVATIONS, nn.Softmax, nn.LogSoftmax)) else None
        if followed:
            followed["activation"] = type(module).__name__
        return followed is not None

    def _followed(self, after: list[str]) -> Row | None:
        """Return the last row that an activation takes in, passing over max-pooling; None without one."""
        known = [name for name in self.rows if name in after]
        if not known:
            return None
        row = self.rows[known[-1]]
        return self._followed(row["after"]) if row["kind"].startswith("max-pooling") else row

    def finished_rows(self, model: nn.Module) -> list[Row]:
        """Return the rows with their parameters, each counted once, in the innermost module that was called."""
        counts: Counter[str] = Counter()
        for name, parameter in model.named_parameters():
            owner = name
            while owner and owner not in self.rows:
                owner = owner.rpartition(".")[0]
            counts[owner] += parameter.numel()
        for name, row in self.rows.items():
            row["parameters"] = counts[name]
        return [row for name, row in self.rows.items() if name in self.leaves or row["parameters"] or row["macs"]]


class _Call:
    """A module's forward pass that has not ended."""

    def __init__(self, name: str, flops_before: int):
        self.name, self.flops_before = name, flops_before
        self.nested_flops, self.is_leaf = 0, True


def _new_row(name: str, module: nn.Module, after: list[str], output: Any) -> Row:
    first = next(iter(tensors_in(output)), None)
    return {
        "layer": name or type(module).__name__,
        "kind": _in_words(module),
        "after": after,
        "output": "×".join(str(size) for size in first.shape[1:]) if first is not None else "",
        "activation": None,
        "parameters": 0,
        "macs": 0,
    }


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
            return "residual sum"
    return type(module).__name__
