"""Run a model without side effects: on a deep copy in training mode, or with forward hooks in evaluation mode."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy

import torch
from torch import Tensor, nn

from folklore.train.network import set_training


@contextmanager
def training_copy(model: nn.Module, settings: dict, seed: int) -> Iterator[nn.Module]:
    """Yield a copy in training mode, without gradients and with the same dropout masks each time.

    Running statistics of the copy may move. The global random number generator is restored afterwards.
    """
    copy = deepcopy(model)
    set_training(copy, settings)
    copy.zero_grad()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield copy


@contextmanager
def outputs_seen(model: nn.Module, names: Iterable[str], take: Callable[[str, Tensor], None]) -> Iterator[None]:
    """Call `take(name, output)` with the output of each named layer whenever the model runs."""
    hooks = [model.get_submodule(name).register_forward_hook(_taking(name, take)) for name in names]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _taking(name: str, take: Callable[[str, Tensor], None]) -> Callable[[nn.Module, object, Tensor], None]:
    return lambda _layer, _inputs, output: take(name, output)
