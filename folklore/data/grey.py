"""Grey: every channel of an image holds its luminance, so that the shape of the images stays and their colour goes."""

from dataclasses import replace

import numpy as np

from folklore.data.raw_dataset import RawDataset, Request, Rows
from folklore.execution.errors import UserError

_THOUSANDTHS = (299, 587, 114)  # whole numbers, so that every machine rounds alike
_AT_ONCE = 4096  # images, since their sums take four times the memory of their bytes


def greyed(request: Request, raw: RawDataset) -> RawDataset:
    """The same with grey images; raises UserError for inputs without three channels."""
    return replace(
        raw,
        splits={split: _grey_rows(request, rows) for split, rows in raw.splits.items()},
        description=f"{raw.description}; every channel holds the luminance 0.299 R + 0.587 G + 0.114 B, rounded",
    )


def _grey_rows(request: Request, rows: Rows) -> Rows:
    if rows.inputs.ndim != 4 or rows.inputs.shape[1] != 3:
        received = "images of one channel, which are grey already" if rows.inputs.ndim == 4 else "features, not images"
        raise UserError(
            f"data set {request.name!r} ({request.source}): `grey: true` needs images of 3 channels, but there are "
            f"{received}; leave `grey` out of the study's `data:` block"
        )
    return replace(rows, inputs=_luminance(rows.inputs))


def _luminance(images: np.ndarray) -> np.ndarray:
    """uint8 [n, 3, height, width], all channels alike."""
    found = np.empty_like(images)
    for start in range(0, len(images), _AT_ONCE):
        chosen = slice(start, start + _AT_ONCE)
        red, green, blue = (np.uint32(weight) * images[chosen, channel] for channel, weight in enumerate(_THOUSANDTHS))
        found[chosen] = ((red + green + blue + 500) // 1000)[:, None]
    return found
