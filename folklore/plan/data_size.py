"""Size of a dataset, estimated from the recipe without reading the data."""

from dataclasses import dataclass
from math import prod

from folklore.plan.datasets.known_dataset import KnownDataset, known_dataset
from folklore.schema.data import Data


@dataclass(frozen=True)
class DataSize:
    rows: int  # training, validation and test
    shape: tuple[int, ...]  # of one input: channels, height, width; or the number of features
    classes: int

    @property
    def values(self) -> int:
        """Return the number of values of one input."""
        return prod(self.shape)


# Assumed of a dataset of the user's own without columns: images in colour.
_SIDE, _CLASSES = 64, 10


def data_size(data: Data) -> DataSize:
    """Return the size of the whole dataset after resizing and cropping."""
    known = known_dataset(data.name)
    shape = known.shape if known else (len(data.inputs),) if data.inputs else (3, _SIDE, _SIDE)
    side = data.crop or data.resize
    if side and len(shape) == 3:
        shape = (shape[0], side, side)
    classes = len(set(data.classes.values())) if data.classes else len(known.classes) if known else _CLASSES
    return DataSize(_rows(data, known), shape, classes)


def _rows(data: Data, known: KnownDataset | None) -> int:
    if data.source == "embedded":
        return known.embedded_rows
    requested = data.train + data.validation + (data.test or data.validation)
    return max(requested, known.rows if known else 0)
