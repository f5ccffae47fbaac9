"""Label noise: a share of the training labels is replaced by wrong ones."""

import numpy as np

from folklore.execution.errors import UserError

_STREAM = 1  # apart from the stream of the split, which may have the same seed


def noisy_labels(labels: np.ndarray, rows: np.ndarray, classes: int, share: float, seed: int) -> np.ndarray:
    """Return the labels of training rows, a share of them wrong; all other classes of a row are equally likely.

    `labels` are those of the whole dataset. The rank of a row among the changed ones, and its wrong label, follow from
    the seed and its row number alone, so a larger share contains every smaller one of the same seed.
    """
    if labels.ndim > 1:
        raise UserError("data.label_noise: expected one class per row; the targets of this dataset are tokens")
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, _STREAM])))
    ranks, shifts = rng.random(len(labels))[rows], rng.integers(1, classes, size=len(labels))[rows]
    changed = np.argsort(ranks, kind="stable")[: round(share * len(rows))]
    noisy = labels[rows]
    noisy[changed] = (noisy[changed] + shifts[changed]) % classes
    return noisy
