"""Lets `import torchvision` (and timm, which needs it) succeed with a CPU build of torch.

PyPI's torchvision wheels for Linux are linked against the CUDA build. Beside a CPU torch their compiled operators do
not load, and the import ends at "operator torchvision::nms does not exist". Declaring the operators' signatures is
enough for everything except calling them. Where the operators load, nothing is declared.
"""

import importlib.abc
import importlib.machinery
import sys
from pathlib import Path

_SIGNATURES = {
    "nms": "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms": "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
}
_declared = []  # a declaration lasts as long as its Library object


class _BeforeTorchvision(importlib.abc.MetaPathFinder):
    """Declare the operators at the first import of torchvision, then remove itself from the import system."""

    def find_spec(self, fullname, path=None, target=None):  # noqa: ARG002 (the import system's signature)
        if fullname != "torchvision":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None and not _operators_load(spec):
            _declare_operators()
        return spec


def install() -> None:
    """Register the finder; it does nothing until torchvision is imported."""
    waiting = any(isinstance(finder, _BeforeTorchvision) for finder in sys.meta_path)
    if "torchvision" not in sys.modules and not waiting:
        sys.meta_path.insert(0, _BeforeTorchvision())


def _operators_load(spec: importlib.machinery.ModuleSpec) -> bool:
    import torch  # noqa: PLC0415 (only once torchvision is asked for)

    for folder in spec.submodule_search_locations or []:
        for library in sorted(Path(folder).glob("_C*")):
            try:
                torch.ops.load_library(str(library))
            except OSError:
                continue
            return True
    return False


def _declare_operators() -> None:
    import torch  # noqa: PLC0415

    library = torch.library.Library("torchvision", "FRAGMENT")
    for name, signature in _SIGNATURES.items():
        if not hasattr(torch.ops.torchvision, name):
            library.define(signature)
    _declared.append(library)
