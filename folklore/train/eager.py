"""Spares a run torch's compiler.

The first step of any torch.optim optimiser imports torch._dynamo, which takes longer than torch itself, for two
functions that do nothing unless a model is being compiled. A run that compiles nothing gets those two functions alone.
"""

import sys
from types import ModuleType

import torch


def without_compiler() -> None:
    """Call before the first optimiser is made; does nothing where the compiler is loaded already."""
    if "torch._dynamo" in sys.modules:
        return
    stand_in = ModuleType("torch._dynamo")
    stand_in.graph_break = lambda: None
    stand_in.disable = lambda function, *_, **__: function
    sys.modules["torch._dynamo"] = torch._dynamo = stand_in
