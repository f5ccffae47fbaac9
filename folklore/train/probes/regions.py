"""Linear regions: a ReLU network is linear where the set of active units stays the same."""

from types import TracebackType
from typing import Self

import numpy as np
import torch
from torch import Tensor, nn

_KINKED = (nn.ReLU, nn.LeakyReLU)


def is_piecewise_linear(model: nn.Module) -> bool:
    """Return whether the network has ReLUs and no smooth activation."""
    smooth = (nn.Tanh, nn.Sigmoid, nn.GELU)
    kinds = {type(module) for module in model.modules()}
    return not kinds.isdisjoint(_KINKED) and kinds.isdisjoint(smooth)


class Patterns:
    """Context that collects every set of active units that occurs while the model runs."""

    def __init__(self, model: nn.Module):
        self.model = model
        self.found: set[bytes] = set()
        self._active: list[Tensor] = []

    def __enter__(self) -> Self:
        kinks = [module for module in self.model.modules() if isinstance(module, _KINKED)]
        self._hooks = [kink.register_forward_pre_hook(self._collect) for kink in kinks]
        self._hooks.append(self.model.register_forward_hook(self._keep))
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for hook in self._hooks:
            hook.remove()

    def _collect(self, module: nn.Module, inputs: tuple[Tensor, ...]) -> None:  # noqa: ARG002 (as every hook)
        self._active.append((inputs[0] > 0).flatten(start_dim=1))

    def _keep(self, module: nn.Module, inputs: tuple[Tensor, ...], logits: Tensor) -> None:  # noqa: ARG002
        """Store one bit per unit. Successive inputs are mostly neighbours, so few patterns are new."""
        if self._active:
            packed = np.packbits(torch.cat(self._active, dim=1).cpu().numpy(), axis=1)
            new = np.flatnonzero((packed[1:] != packed[:-1]).any(axis=1)) + 1
            self.found.update(pattern.tobytes() for pattern in packed[[0, *new]])
            self._active.clear()
