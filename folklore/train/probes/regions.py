"""Regions: a network of ReLUs is linear wherever the same units are active, and bends where one goes on or off."""

from types import TracebackType
from typing import Self

import numpy as np
import torch
from torch import Tensor, nn

_KINKED = (nn.ReLU, nn.LeakyReLU)


def is_piecewise_linear(model: nn.Module) -> bool:
    """Whether all its bends are those of ReLUs, of which it has some."""
    smooth = (nn.Tanh, nn.Sigmoid, nn.GELU)
    kinds = {type(module) for module in model.modules()}
    return not kinds.isdisjoint(_KINKED) and kinds.isdisjoint(smooth)


class Patterns:
    """While open, keeps every pattern of active units that occurs as the model looks at inputs."""

    def __init__(self, model: nn.Module):
        self.model = model
        self.found: set[bytes] = set()
        self._active: list[Tensor] = []

    def __enter__(self) -> Self:
        kinks = [module for module in self.model.modules() if isinstance(module, _KINKED)]
        self._hooks = [kink.register_forward_pre_hook(self._note) for kink in kinks]
        self._hooks.append(self.model.register_forward_hook(self._keep))
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for hook in self._hooks:
            hook.remove()

    def _note(self, module: nn.Module, taken: tuple[Tensor, ...]) -> None:  # noqa: ARG002 (as every hook)
        self._active.append((taken[0] > 0).flatten(start_dim=1))

    def _keep(self, module: nn.Module, taken: tuple[Tensor, ...], logits: Tensor) -> None:  # noqa: ARG002
        """A bit a unit. Inputs that follow one another are mostly neighbours, so few patterns are new."""
        if self._active:
            packed = np.packbits(torch.cat(self._active, dim=1).cpu().numpy(), axis=1)
            new = np.flatnonzero((packed[1:] != packed[:-1]).any(axis=1)) + 1
            self.found.update(pattern.tobytes() for pattern in packed[[0, *new]])
            self._active.clear()
