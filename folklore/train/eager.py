"""Spares a run torch's compiler.

The first step of any torch.optim optimiser imports torch._dynamo, which takes longer than torch itself, for two
functions that do nothing unless a model is being compiled. A run that compiles nothing gets those two functions alone.
"""

import sys
from types import ModuleType

import torch

_NAME = "torch._dynamo"
_STAND_IN = ModuleType(_NAME)
_STAND_IN.graph_break = lambda: None
_STAND_IN.disable = lambda function, *_, **__: function


def stub_dynamo() -> None:
    """Call before the first optimiser is made; does nothing where the compiler is loaded already."""
    if _NAME not in sys.modules:
        sys.modules[_NAME] = torch._dynamo = _STAND_IN


def restore_dynamo() -> None:
    """Call before a library of models is imported, which may ask for more than those two functions."""
    if sys.modules.get(_NAME) is _STAND_IN:
        del sys.modules[_NAME], torch._dynamo
