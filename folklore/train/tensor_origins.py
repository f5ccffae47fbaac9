"""TensorOrigins: from which named tensors each tensor of a forward pass was computed, through any operation."""

from collections.abc import Iterator
from typing import Any

from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


class TensorOrigins(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self._known: dict[int, tuple[Tensor, list[str]]] = {}  # by identity; a tensor that is kept keeps its identity

    def set(self, tensor: Tensor, names: list[str]) -> None:
        self._known[id(tensor)] = (tensor, names)

    def of(self, *values: Any) -> list[str]:
        """Return the names that the tensors in the values come from, each once and in their order."""
        known = (self._known[id(tensor)][1] for tensor in tensors_in(values) if id(tensor) in self._known)
        return list(dict.fromkeys(name for names in known for name in names))

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        output = function(*args, **(kwargs or {}))
        names = self.of(args, kwargs)
        for tensor in tensors_in(output):
            self.set(tensor, names)
        return output


def tensors_in(values: Any) -> Iterator[Tensor]:
    return (value for value in tree_leaves(values) if isinstance(value, Tensor))
