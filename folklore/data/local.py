"""The source `local`: a folder or file of the user, in any of the known layouts."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from folklore.data import array_file, csv_file, idx, image_tree, table
from folklore.data.classes import class_names
from folklore.data.raw_dataset import RawDataset, Request
from folklore.data.resize_crop import resize_crop_of
from folklore.execution.errors import UserError
from folklore.plan.datasets.known_dataset import known_dataset

_LAYOUTS = (
    "a folder or .tar, .tar.gz, .tar.xz of images as <train|validation|test>/<class>/<file>; a folder with IDX files "
    "(train-images-idx3-ubyte.gz …); a folder with train.csv, test.csv and perhaps validation.csv; "
    "a .csv, .csv.gz or .csv.xz; an .npz"
)


def read(request: Request) -> RawDataset:
    raw = _read_layout(request)
    known = known_dataset(request.name)
    if known is None:
        return raw
    named = {split: replace(rows, labels=class_names(known, rows.labels)) for split, rows in raw.splits.items()}
    return replace(raw, splits=named, description=f"{known.title} from a local copy: {raw.description}")


def _read_layout(request: Request) -> RawDataset:
    if request.path is None:
        raise UserError(f"dataset {request.name!r} is local but has no path; give `path` in its `data:` block")
    path = Path(request.path)
    if not path.exists():
        raise UserError(f"dataset {request.name!r}: {path} does not exist; expected {_LAYOUTS}")
    reader = _folder_reader(path, request) if path.is_dir() else _file_reader(path, request)
    return reader(path)


def _folder_reader(folder: Path, request: Request) -> Callable[[Path], RawDataset]:
    if image_tree.has_layout(folder):
        return partial(image_tree.read_folder, step=resize_crop_of(request))
    if table.table_in(folder, "train"):
        return partial(table.read_folder, request=request)
    if idx.has_layout(folder):
        return idx.read_folder
    content = ", ".join(sorted(path.name for path in folder.iterdir())[:5]) or "an empty folder"
    raise UserError(f"{folder} has no known layout: expected {_LAYOUTS}; got {content}")


def _file_reader(path: Path, request: Request) -> Callable[[Path], RawDataset]:
    if path.name.endswith(image_tree.ARCHIVE_SUFFIXES):
        return partial(image_tree.read_archive, step=resize_crop_of(request))
    if path.name.endswith(csv_file.SUFFIXES):
        return partial(table.read_file, request=request)
    if path.suffix == ".npz":
        return array_file.read_file
    raise UserError(f"{path} has no known ending: expected {_LAYOUTS}")
