"""IDX: the format in which MNIST and its successors are published, plain or compressed."""

import gzip
import struct
import zlib
from pathlib import Path

import numpy as np

from folklore.data.raw_dataset import RawDataset, Rows, file_origin
from folklore.execution.errors import UserError

_STEMS = {"train": "train", "test": "t10k"}
_UNSIGNED_BYTES = 8  # the format's code for the only element type of images and labels


def has_layout(folder: Path) -> bool:
    """Return whether the folder has IDX files."""
    return _find(folder, "train", "images") is not None


def read_folder(folder: Path) -> RawDataset:
    paths = {
        (split, kind): _required(folder, stem, kind) for split, stem in _STEMS.items() for kind in ("images", "labels")
    }
    return RawDataset(
        splits={split: _rows(paths[split, "images"], paths[split, "labels"]) for split in _STEMS},
        origin=tuple(file_origin(path) for path in paths.values()),
        description=f"IDX files in {folder.name}",
    )


def read_idx(path: Path, dimensions: int) -> np.ndarray:
    content = _content(path)
    start = 4 + 4 * dimensions
    if len(content) < start or content[:4] != bytes((0, 0, _UNSIGNED_BYTES, dimensions)):
        raise UserError(f"{path} is not an IDX file of bytes in {dimensions} dimensions")
    shape = struct.unpack(f">{dimensions}I", content[4:start])
    if len(content) - start != np.prod(shape):
        raise UserError(f"{path} is corrupt: its header announces {shape}, but {len(content) - start} bytes follow")
    return np.frombuffer(content, dtype=np.uint8, offset=start).reshape(shape)


def _content(path: Path) -> bytes:
    try:
        return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UserError(f"{path} is corrupt ({error}); copy or download it again") from None


def _rows(images: Path, labels: Path) -> Rows:
    pixels, numbers = read_idx(images, 3), read_idx(labels, 1)
    if len(pixels) != len(numbers):
        raise UserError(f"{images} has {len(pixels)} images, but {labels} has {len(numbers)} labels")
    return Rows(pixels[:, None], numbers.astype(str))


def _required(folder: Path, stem: str, kind: str) -> Path:
    path = _find(folder, stem, kind)
    if path is None:
        raise UserError(f"{folder} has no {stem}-{kind}-idx{3 if kind == 'images' else 1}-ubyte, plain or with .gz")
    return path


def _find(folder: Path, stem: str, kind: str) -> Path | None:
    """Search all folders below, since torchvision keeps the files in MNIST/raw; a name has a dot or a hyphen."""
    return min(folder.rglob(f"{stem}-{kind}?idx[13]-ubyte*"), default=None)
