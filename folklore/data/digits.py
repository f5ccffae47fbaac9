"""Stand-ins for the image sets, from scikit-learn's 1,797 scanned digits and its two photographs."""

import hashlib

import numpy as np
import sklearn
from PIL import Image
from sklearn.datasets import load_digits, load_sample_images

from folklore.data.known import DIGITS, KNOWN
from folklore.data.material import Material, Origin, Request, Rows
from folklore.data.splits import ordered

_TRAINING_ROWS = 1500  # the other 297 are for testing
_SEED = 0

_DIGITS_LICENCE = "digits: CC BY 4.0, Alpaydin and Kaynak, UCI repository"
_PHOTOGRAPHS_LICENCE = "photographs: CC BY 2.0, danielbuechele and vultilion, Flickr"


def grey(request: Request) -> Material:
    """28×28 grey, as MNIST and Fashion-MNIST have them; the classes are digits, whatever they stand in for."""
    images, labels = _digits(28)
    return _material(request, images[:, None], labels, _DIGITS_LICENCE, "scikit-learn's 1,797 digits resized to 28×28")


def colour(request: Request) -> Material:
    """32×32 colour in the manner of MNIST-M: the absolute difference of a digit and a patch of a photograph."""
    images, labels = _digits(32)
    patches = _patches(len(images), 32, np.random.Generator(np.random.PCG64(_SEED)))
    mixed = np.abs(patches.astype(np.int16) - images[:, None]).astype(np.uint8)
    description = "scikit-learn's 1,797 digits over patches of its two photographs, 32×32 colour, as in MNIST-M"
    return _material(request, mixed, labels, f"{_DIGITS_LICENCE}; {_PHOTOGRAPHS_LICENCE}", description)


def _digits(side: int) -> tuple[np.ndarray, np.ndarray]:
    scans = load_digits()
    levels = np.rint(scans.images * (255 / 16)).astype(np.uint8)  # scanned in 17 levels of grey
    resized = [np.asarray(Image.fromarray(scan).resize((side, side), Image.Resampling.BICUBIC)) for scan in levels]
    return np.stack(resized), scans.target


def _patches(number: int, side: int, rng: np.random.Generator) -> np.ndarray:
    photographs = load_sample_images().images
    height, width, _ = photographs[0].shape
    which = rng.integers(len(photographs), size=number)
    tops, lefts = rng.integers(height - side + 1, size=number), rng.integers(width - side + 1, size=number)
    places = zip(which, tops, lefts, strict=True)
    return np.stack(
        [photographs[k][top : top + side, left : left + side].transpose(2, 0, 1) for k, top, left in places]
    )


def _material(request: Request, images: np.ndarray, labels: np.ndarray, licence: str, made_of: str) -> Material:
    order = ordered(np.arange(len(labels)), labels, True, np.random.Generator(np.random.PCG64(_SEED)))
    cut = {"train": order[:_TRAINING_ROWS], "test": order[_TRAINING_ROWS:]}
    known = KNOWN[request.name]
    names = np.array(known.classes)[labels]
    return Material(
        parts={part: Rows(images[rows], names[rows]) for part, rows in cut.items()},
        origin=(Origin(f"scikit-learn {sklearn.__version__}", hashlib.sha256(images.tobytes()).hexdigest()),),
        description=f"stand-in for {known.title}: {made_of}; every class is a digit",
        licence=licence,
        shown=dict(zip(known.classes, DIGITS, strict=True)),
    )
