"""Arrays that a probe saved for finished runs, by name."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

Picture = dict[str, np.ndarray]


def read_pictures(paths: Iterable[Path], variants: Iterable[str]) -> dict[str, Picture]:
    """Return the arrays by variant, from one file each; none if the run diverged."""
    return {variant: _read(path) for variant, path in zip(variants, paths, strict=True)}


def _read(path: Path) -> Picture:
    with np.load(path) as arrays:
        return dict(arrays)
