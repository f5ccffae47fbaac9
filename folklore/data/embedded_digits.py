"""Stand-ins for the image sets, from scikit-learn's 1,797 scanned digits and its two photographs."""

import hashlib
from collections.abc import Sequence

import numpy as np
import sklearn
from PIL import Image
from sklearn.datasets import load_digits, load_sample_images

from folklore.data.raw_dataset import DataOrigin, RawDataset, Request, Rows
from folklore.data.splits import ordered
from folklore.plan.datasets.known_dataset import known_dataset

DIGITS = tuple("0123456789")

_TRAINING_ROWS = 1500  # the other 297 are the test set
_SEED = 0
_LOOPED, _UNCLEAR = (0, 6, 8, 9), 4  # a 4 is written with a closed loop or without one

_DIGITS_LICENCE = "digits: CC BY 4.0, Alpaydin and Kaynak, UCI repository"
_LICENCES = f"{_DIGITS_LICENCE}; photographs: CC BY 2.0, danielbuechele and vultilion, Flickr"
_MIXED = "scikit-learn's 1,797 digits over patches of its two photographs, 32×32 colour, as in MNIST-M"


def greyscale(request: Request) -> RawDataset:
    """Return 28×28 grey images like MNIST's; the classes are digits, whatever they stand in for."""
    images, digits = _digits(28)
    made_of = "scikit-learn's 1,797 digits resized to 28×28; every class is a digit"
    return _raw_dataset(request, images[:, None], digits, DIGITS, _splits(digits), made_of, _DIGITS_LICENCE)


def colour(request: Request) -> RawDataset:
    """Return 32×32 colour images as in MNIST-M: the absolute difference of a digit and a patch of a photograph."""
    images, digits = _over_photographs(32)
    return _raw_dataset(
        request, images, digits, DIGITS, _splits(digits), f"{_MIXED}; every class is a digit", _LICENCES
    )


def loops(request: Request) -> RawDataset:
    """Return the same images in two classes. No test image is in the training set of `colour`."""
    images, digits = _over_photographs(32)
    splits = {split: rows[digits[rows] != _UNCLEAR] for split, rows in _splits(digits).items()}
    made_of = f"{_MIXED}; no faces, but digits without a closed loop (1, 2, 3, 5, 7) and with one (0, 6, 8, 9)"
    looped = np.isin(digits, _LOOPED).astype(int)
    return _raw_dataset(request, images, looped, ("no loop", "closed loop"), splits, made_of, _LICENCES)


def _digits(side: int) -> tuple[np.ndarray, np.ndarray]:
    scans = load_digits()
    levels = np.rint(scans.images * (255 / 16)).astype(np.uint8)  # scanned in 17 levels of grey
    resized = [np.asarray(Image.fromarray(scan).resize((side, side), Image.Resampling.BICUBIC)) for scan in levels]
    return np.stack(resized), scans.target


def _over_photographs(side: int) -> tuple[np.ndarray, np.ndarray]:
    images, digits = _digits(side)
    patches = _patches(len(images), side, np.random.Generator(np.random.PCG64(_SEED)))
    return np.abs(patches.astype(np.int16) - images[:, None]).astype(np.uint8), digits


def _patches(number: int, side: int, rng: np.random.Generator) -> np.ndarray:
    photographs = load_sample_images().images
    height, width, _ = photographs[0].shape
    which = rng.integers(len(photographs), size=number)
    tops, lefts = rng.integers(height - side + 1, size=number), rng.integers(width - side + 1, size=number)
    places = zip(which, tops, lefts, strict=True)
    return np.stack(
        [photographs[k][top : top + side, left : left + side].transpose(2, 0, 1) for k, top, left in places]
    )


def _splits(digits: np.ndarray) -> dict[str, np.ndarray]:
    """Return the rows of each split; every digit has the same share of both."""
    order = ordered(np.arange(len(digits)), digits, True, np.random.Generator(np.random.PCG64(_SEED)))
    return {"train": order[:_TRAINING_ROWS], "test": order[_TRAINING_ROWS:]}


def _raw_dataset(
    request: Request,
    images: np.ndarray,
    labels: np.ndarray,
    display_names: Sequence[str],
    splits: dict[str, np.ndarray],
    made_of: str,
    licence: str,
) -> RawDataset:
    """Return the stand-in; `labels` number the classes of the known dataset, `display_names` those of the stand-in."""
    known = known_dataset(request.name)
    names = np.array(known.classes)[labels]
    return RawDataset(
        splits={split: Rows(images[rows], names[rows]) for split, rows in splits.items()},
        origin=(DataOrigin(f"scikit-learn {sklearn.__version__}", hashlib.sha256(images.tobytes()).hexdigest()),),
        description=f"stand-in for {known.title}: {made_of}",
        licence=licence,
        display_names=dict(zip(known.classes, display_names, strict=True)),
    )
