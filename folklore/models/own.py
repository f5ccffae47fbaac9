"""A user's own model, built by a function in a Python file that the study names."""

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from torch import nn

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError, unknown
from folklore.models.example_inputs import example_inputs


def build(inputs: InputSpec, classes: int, build: str, settings: dict[str, Any]) -> nn.Module:
    """`build`: path of the file, a colon and the function's name.

    Raises UserError if the file or function is missing, does not take the settings, or returns another network than one
    from inputs [n, *shape] to logits [n, classes].
    """
    path, _, name = build.partition(":")
    functions = {key: value for key, value in vars(_module(Path(path))).items() if callable(value)}
    if name not in functions:
        raise UserError(f"model.build: {path}: {unknown('function', name, functions)}")
    function = functions[name]
    try:
        signature(function).bind(inputs, classes, **settings)
    except TypeError as error:
        raise UserError(f"model.settings: {build}: {error}. Name the parameters of the function") from None
    model = function(inputs, classes, **settings)
    if not isinstance(model, nn.Module):
        got = type(model).__name__
        raise UserError(f"model.build: {build}: expected a torch.nn.Module; got {got}. Return the network")
    _check_outputs(model, inputs, classes, build)
    return model


@cache
def _module(path: Path) -> ModuleType:
    """Run the file as Python runs a script: with the folder of the file first among those that it imports from."""
    if not path.is_file():
        raise UserError(f"model.build: {path} does not exist in {Path.cwd()}. Create the file or correct its path")
    sys.path.insert(0, str(path.resolve().parent))
    spec = spec_from_file_location(f"own_{path.stem}", path)
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _check_outputs(model: nn.Module, inputs: InputSpec, classes: int, build: str) -> None:
    count = 2
    with torch.no_grad():
        logits = model.eval()(example_inputs(inputs, count))
    shapes = [(count, classes)] + ([(count, classes, *inputs.shape)] if inputs.kind == "tokens" else [])
    if getattr(logits, "shape", None) not in shapes:
        got = f"shape {list(logits.shape)}" if isinstance(logits, torch.Tensor) else type(logits).__name__
        raise UserError(
            f"model.build: {build}: expected logits of shape {[count, classes]} for {count} {inputs}; got {got}. "
            "Let the last layer have one output per class"
        )
    model.train()
