"""What a probe left of finished runs for a figure to draw: arrays by name."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

Picture = dict[str, np.ndarray]


def read_pictures(paths: Iterable[Path], variants: Iterable[str]) -> dict[str, Picture]:
    """By variant, one file each; without arrays where the run diverged."""
    return {variant: _read(path) for variant, path in zip(variants, paths, strict=True)}


def _read(path: Path) -> Picture:
    with np.load(path) as arrays:
        return dict(arrays)
