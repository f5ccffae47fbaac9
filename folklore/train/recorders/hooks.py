"""Running a network without a trace: on a copy, or in evaluation mode with what its layers give looked at."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy

import torch
from torch import Tensor, nn

from folklore.train.network import set_training


@contextmanager
def training_copy(model: nn.Module, settings: dict, seed: int) -> Iterator[nn.Module]:
    """A copy in training mode, whose running statistics may move, with the same dropout masks each time."""
    copy = deepcopy(model)
    set_training(copy, settings)
    copy.zero_grad()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield copy


@contextmanager
def outputs_seen(model: nn.Module, names: Iterable[str], take: Callable[[str, Tensor], None]) -> Iterator[None]:
    """While it lasts, `take(name, output)` is called with what each of the layers gives, as soon as it does."""
    hooks = [model.get_submodule(name).register_forward_hook(_taking(name, take)) for name in names]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _taking(name: str, take: Callable[[str, Tensor], None]) -> Callable[[nn.Module, object, Tensor], None]:
    return lambda _layer, _inputs, output: take(name, output)
