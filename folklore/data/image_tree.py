"""Images as `<split>/<class>/<file>`, in a folder or in an archive that is read as a stream and never unpacked."""

import gzip
import hashlib
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np
from PIL import Image
from tqdm import tqdm

from folklore.data.raw_dataset import RawDataset, Rows, file_origin, folder_origin
from folklore.data.resize_crop import ResizeCrop, array_of
from folklore.execution.errors import UserError
from folklore.plan.local_files import is_data

_OPENERS = {".tar": nullcontext, ".tar.gz": gzip.open, ".tgz": gzip.open, ".tar.xz": lzma.open}
ARCHIVE_SUFFIXES = tuple(_OPENERS)

_SPLIT_OF = {"train": "train", "test": "test"} | dict.fromkeys(("validation", "valid", "val"), "validation")
_GREY = ("1", "L", "LA")
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")

NamedFile = tuple[PurePosixPath, bytes]


def has_layout(folder: Path) -> bool:
    """Return whether the folder has a folder of a split."""
    return any((folder / name).is_dir() for name in _SPLIT_OF)


def read_folder(folder: Path, step: ResizeCrop) -> RawDataset:
    digests: list[tuple[str, bytes]] = []
    splits = _splits(_files(folder, digests), folder, step)
    return RawDataset(splits, (folder_origin(folder, digests),), f"images in {folder.name}", resized=True)


def read_archive(path: Path, step: ResizeCrop) -> RawDataset:
    splits = _splits(_members(path), path, step)
    return RawDataset(splits, (file_origin(path),), f"images in {path.name}", resized=True)


def _files(folder: Path, digests: list[tuple[str, bytes]]) -> Iterator[NamedFile]:
    """Yield the files of a folder, and append the checksum of each to `digests`."""
    paths = [path for path in sorted(folder.glob("*/*/*")) if path.is_file()]
    for path in tqdm(paths, desc=f"reading {folder.name}", unit=" images", mininterval=1):
        name = PurePosixPath(path.relative_to(folder).as_posix())
        if is_data(name):
            content = path.read_bytes()
            digests.append((str(name), hashlib.sha256(content).digest()))
            yield name, content


def _members(path: Path) -> Iterator[NamedFile]:
    unpacked = next(opener for suffix, opener in _OPENERS.items() if path.name.endswith(suffix))
    progress = {"desc": f"reading {path.name}", "total": path.stat().st_size, "mininterval": 1}
    try:
        with path.open("rb") as file, tqdm.wrapattr(file, "read", **progress) as counted, unpacked(counted) as stream:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for member in archive:
                    if not member.isdir():
                        yield _safe_name(member, path), archive.extractfile(member).read()
            _check_end(path, stream)
    except (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError) as error:
        raise UserError(f"{path} is corrupt or no tar archive ({error}); copy or download it again") from None


def _check_end(path: Path, stream: BinaryIO) -> None:
    """Raise an error for an archive that breaks off between two members, which tarfile does not notice."""
    stream.read()
    if path.suffix == ".tar":
        with path.open("rb") as file:
            file.seek(-tarfile.BLOCKSIZE, io.SEEK_END)
            if any(file.read()):
                raise tarfile.ReadError("unexpected end of data")


def _safe_name(member: tarfile.TarInfo, path: Path) -> PurePosixPath:
    name = PurePosixPath(member.name)
    if not member.isfile():
        raise UserError(f"{path}: {member.name} is a link or a device: expected files only. Pack the files themselves")
    if name.is_absolute() or ".." in name.parts:
        raise UserError(
            f"{path}: {member.name} is outside of the archive's own folder. Pack the archive with relative names"
        )
    return name


def _splits(files: Iterable[NamedFile], source: Path, step: ResizeCrop) -> dict[str, Rows]:
    """Return the images by split, sorted by name, so that an archive and its unpacked tree give the same rows.

    Each image is resized and cropped when it is read, so large photographs of different sizes fit into memory.
    """
    images, others = {}, []
    for name, content in files:
        if _is_image_of_a_class(name):
            images[name] = _pixels(content, step, f"{source}: {name}")
        else:
            others.append(str(name))
    if not images:
        raise UserError(
            f"{source}: expected files <train|validation|test>/<class>/<file>; "
            f"got {', '.join(others[:3]) or 'no files'}"
        )
    _same_size(images, source)
    channels = max(len(image) for image in images.values())
    names = {
        split: sorted(name for name in images if _SPLIT_OF[name.parts[-3]] == split) for split in _SPLIT_OF.values()
    }
    return {split: _rows(listed, images, channels) for split, listed in names.items() if listed}


def _is_image_of_a_class(name: PurePosixPath) -> bool:
    return len(name.parts) >= 3 and name.parts[-3] in _SPLIT_OF and is_data(name)


def _pixels(content: bytes, step: ResizeCrop, where: str) -> np.ndarray:
    """Return uint8 [1, height, width] of a grey image, [3, height, width] of any other."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.mode in _DEEP:
                raise UserError(f"{where} has more than 8 bits a channel; convert it to 8 bits")
            mode = "L" if image.mode in _GREY else "RGB"
            return array_of(step.apply(image if image.mode == mode else image.convert(mode)))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError(f"{where} is not an image that can be read ({error})") from None


def _same_size(images: dict[PurePosixPath, np.ndarray], source: Path) -> None:
    examples = {image.shape[1:]: name for name, image in images.items()}
    if len(examples) > 1:
        listed = ", ".join(f"{width}×{height} ({name})" for (height, width), name in sorted(examples.items())[:3])
        raise UserError(
            f"{source}: images differ in size: {listed}; resize them to one size "
            "first, or let `resize` and `crop` in the study's `data:` block do it"
        )


def _rows(names: list[PurePosixPath], images: dict[PurePosixPath, np.ndarray], channels: int) -> Rows:
    """Return the rows of a split; a grey image among coloured ones gets three equal channels."""
    inputs = np.empty((len(names), channels, *images[names[0]].shape[1:]), dtype=np.uint8)
    for row, name in enumerate(names):
        inputs[row] = images[name]
    return Rows(inputs, np.array([name.parts[-2] for name in names]))
