"""The published image datasets: addresses, checksums and formats from torchvision, downloads by `fetch`."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from torchvision import datasets

from folklore.data.classes import class_names
from folklore.data.download import Archive, fetch
from folklore.data.raw_dataset import RawDataset, Request, Rows, file_origin
from folklore.plan.datasets.known_dataset import known_dataset


def cifar10(request: Request, kind: type[datasets.CIFAR10] = datasets.CIFAR10) -> RawDataset:
    archive = Archive((kind.url,), "md5", kind.tgz_md5)
    return _raw_dataset(request, [archive], kind, Path())


def mnist(request: Request, kind: type[datasets.MNIST] = datasets.MNIST) -> RawDataset:
    archives = [Archive(tuple(mirror + name for mirror in kind.mirrors), "md5", md5) for name, md5 in kind.resources]
    return _raw_dataset(request, archives, kind, Path(kind.__name__, "raw"))


def fashion_mnist(request: Request, kind: type[datasets.MNIST] = datasets.FashionMNIST) -> RawDataset:
    return mnist(request, kind)


def _raw_dataset(request: Request, archives: list[Archive], kind: Callable, place: Path) -> RawDataset:
    """Read archives that torchvision expects in the folder `place` below its root.

    torchvision unpacks them next to the archives and never checks the unpacked files again, so the root is temporary.
    """
    paths = [fetch(archive, request.downloads / request.name) for archive in archives]
    with TemporaryDirectory(dir=request.downloads) as root:
        folder = Path(root) / place
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            (folder / path.name).symlink_to(path.resolve())
        splits = {
            split: _rows(kind(root, train=split == "train", download=True), request.name) for split in ("train", "test")
        }
    return RawDataset(
        splits=splits,
        origin=tuple(file_origin(path, archive.urls[0]) for path, archive in zip(paths, archives, strict=True)),
        description=f"{known_dataset(request.name).title} as published",
    )


def _rows(images: datasets.VisionDataset, name: str) -> Rows:
    pixels = np.asarray(images.data)
    pixels = pixels[:, None] if pixels.ndim == 3 else np.ascontiguousarray(pixels.transpose(0, 3, 1, 2))
    return Rows(pixels, class_names(known_dataset(name), np.asarray(images.targets).astype(str)))
