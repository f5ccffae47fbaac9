"""Size of a dataset, estimated from the recipe without reading the data."""

from dataclasses import dataclass
from math import prod

from folklore.schema.data import Data


@dataclass(frozen=True)
class DataSize:
    rows: int  # training, validation and test
    shape: tuple[int, ...]  # of one input: channels, height, width; or the number of features
    classes: int

    @property
    def values(self) -> int:
        """Numbers in one input."""
        return prod(self.shape)


_KNOWN = {
    "cifar10": DataSize(60_000, (3, 32, 32), 10),
    "mnist": DataSize(70_000, (1, 28, 28), 10),
    "fashion_mnist": DataSize(70_000, (1, 28, 28), 10),
    "faces": DataSize(2_000, (3, 256, 256), 2),
    "countries": DataSize(133_622, (2,), 33),
}
# Assumed for custom data: colour images.
_SIDE, _CLASSES = 64, 10
# Images of the stand-in for image datasets.
_SCANS = 1_797


def data_size(data: Data) -> DataSize:
    """Return the size of the whole dataset after resizing and cropping."""
    known = _KNOWN.get(data.name)
    shape = known.shape if known else (len(data.inputs),) if data.inputs else (3, _SIDE, _SIDE)
    side = data.crop or data.resize
    if side and len(shape) == 3:
        shape = (shape[0], side, side)
    classes = len(set(data.classes.values())) if data.classes else known.classes if known else _CLASSES
    return DataSize(_rows(data, known), shape, classes)


def _rows(data: Data, known: DataSize | None) -> int:
    if data.source == "embedded" and len(known.shape) == 3:
        return _SCANS
    requested = data.train + data.validation + (data.test or data.validation)
    return max(requested, known.rows if known else 0)
