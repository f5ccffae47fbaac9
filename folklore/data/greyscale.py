"""Greyscale: every channel of an image holds its luminance, so images lose their colour and keep their shape."""

from dataclasses import replace

import numpy as np

from folklore.data.raw_dataset import RawDataset, Request, Rows
from folklore.execution.errors import UserError

_WEIGHTS = (299, 587, 114)  # thousandths of red, green and blue; integers round alike on every machine
_BATCH = 4096  # images whose sums, four times as large as their bytes, are in memory together


def greyscale(request: Request, raw: RawDataset) -> RawDataset:
    """Return the dataset with grey images. Raises UserError for inputs without three channels."""
    return replace(
        raw,
        splits={split: _grey_rows(request, rows) for split, rows in raw.splits.items()},
        description=f"{raw.description}; every channel holds the luminance 0.299 R + 0.587 G + 0.114 B, rounded",
    )


def _grey_rows(request: Request, rows: Rows) -> Rows:
    if rows.inputs.ndim != 4 or rows.inputs.shape[1] != 3:
        got = "images of one channel, which are grey already" if rows.inputs.ndim == 4 else "features, not images"
        raise UserError(
            f"dataset {request.name!r} ({request.source}): `grey: true`: expected images of 3 channels; got {got}. "
            "Leave `grey` out of the study's `data:` block"
        )
    return replace(rows, inputs=_luminance(rows.inputs))


def _luminance(images: np.ndarray) -> np.ndarray:
    """Return uint8 [n, 3, height, width] with equal channels."""
    found = np.empty_like(images)
    for start in range(0, len(images), _BATCH):
        chosen = slice(start, start + _BATCH)
        red, green, blue = (np.uint32(weight) * images[chosen, channel] for channel, weight in enumerate(_WEIGHTS))
        found[chosen] = ((red + green + blue + 500) // 1000)[:, None]
    return found
