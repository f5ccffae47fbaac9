"""Files of a local dataset: which of them count, and one digest of their names and content.

The digest stands for the path in the identity of a recipe: a copy elsewhere is the same data, a changed file is not.
"""

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import translate
from pathlib import Path, PurePath
from typing import NamedTuple

from folklore.execution.errors import UserError
from folklore.execution.files import write_text

# What editors, file managers and operating systems leave in a folder, and what people write about its content.
_NO_DATA = (
    ".*", "*~", "#*#", "*.bak", "*.orig", "*.swp", "*.tmp", "thumbs.db", "desktop.ini", "@eadir", "__macosx",
    "__pycache__", "readme*", "licence*", "license*",
)  # fmt: skip
_NO_DATA_PATTERN = re.compile("|".join(map(translate, _NO_DATA)), re.IGNORECASE)

# Nanoseconds after which the clock of any file system distinguishes a second change from the first.
_SETTLED = 2 * 10**9


class _File(NamedTuple):
    name: str  # below the path of the dataset
    stamp: str  # size, times of the last change of content and of the entry, inode
    changed: int  # nanoseconds since the epoch


def is_data(name: PurePath) -> bool:
    """Return False for a hidden file, a leftover or a README, and for a file in a folder of such a name."""
    return not any(_NO_DATA_PATTERN.match(part) for part in name.parts)


def content_digest(path: Path, records: Path) -> str:
    """Return a digest, 16 hex digits, of names and content of all data files at or below a path.

    `records` is the folder that keeps the digest of each file; files unchanged since the last call are not read.
    Raises UserError for a link that leads nowhere or back.
    """
    now, record = time.time_ns(), _record_of(path, records)
    files = list(_files(path)) if path.is_dir() else [_file("", path)]
    listed = _sha256(f"{file.name}\0{file.stamp}" for file in files)
    head, known = _read(record, listed)
    if head.get("files") == listed:
        return head["content"]
    hashes = {file: known.get((file.name, file.stamp)) for file in files}
    hashes |= _hashed(path, [file for file, found in hashes.items() if found is None])
    kind = "" if path.is_dir() else "".join(path.suffixes)
    total = _sha256([kind, *(f"{file.name}\0{found}" for file, found in hashes.items())])[:16]
    settled = {file: found for file, found in hashes.items() if file.changed < now - _SETTLED}
    head = {"path": str(path), "content": total, "files": listed if len(settled) == len(files) else None}
    _write(record, head, settled)
    return total


def recorded_digest(path: Path, records: Path) -> str:
    """Return the digest recorded last: a job on a cluster belongs to the plan that submitted it."""
    head, _ = _read(_record_of(path, records), None)
    return head.get("content") or content_digest(path, records)


def _files(folder: Path, within: str = "", above: tuple[str, ...] = ()) -> Iterator[_File]:
    """Yield the data files in order of their names; a link counts as the file or folder that it leads to."""
    if (real := os.path.realpath(folder)) in above:
        raise UserError(f"{folder} is a link to a folder that holds it. Remove the link")
    with os.scandir(folder) as entries:
        found = sorted((entry for entry in entries if not _NO_DATA_PATTERN.match(entry.name)), key=lambda it: it.name)
    for entry in found:
        if entry.is_dir():
            yield from _files(Path(entry.path), f"{within}{entry.name}/", (*above, real))
        else:
            yield _file(within + entry.name, entry)


def _file(name: str, entry: os.DirEntry | Path) -> _File:
    try:
        status = entry.stat()
    except FileNotFoundError:
        raise UserError(f"{os.fspath(entry)} is a link to a file that does not exist. Remove the link") from None
    stamp = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    return _File(name, stamp, max(status.st_mtime_ns, status.st_ctime_ns))


def _hashed(path: Path, files: list[_File]) -> dict[_File, str]:
    from tqdm import tqdm  # noqa: PLC0415 (a plan reads files rarely)

    found = {}
    for file in tqdm(files, desc=f"reading {path.name}", unit=" files", delay=2, disable=None, leave=False):
        with (path / file.name).open("rb") as handle:
            found[file] = hashlib.file_digest(handle, "sha256").hexdigest()
    return found


def _sha256(lines: Iterable[str]) -> str:
    return hashlib.sha256(os.fsencode("\0\0".join(lines))).hexdigest()


def _record_of(path: Path, records: Path) -> Path:
    """One record per place on disk, however the path is spelled."""
    return records / f"{_sha256([os.path.realpath(path)])[:16]}.jsonl"


def _read(record: Path, listed: str | None) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Return the head of a record, and (name, stamp) → SHA-256 where its files are others than those listed now."""
    try:
        with record.open(encoding="utf-8") as handle:
            head = json.loads(handle.readline())
            rows = map(json.loads, handle) if listed not in (None, head["files"]) else ()
            return head, {(name, stamp): found for name, stamp, found in rows}
    except (OSError, ValueError, LookupError, TypeError):
        return {}, {}  # no record, or a damaged one: all files are read


def _write(record: Path, head: dict[str, str | None], hashes: dict[_File, str]) -> None:
    rows = [head, *([file.name, file.stamp, found] for file, found in hashes.items())]
    with suppress(OSError):  # results that cannot be written to can be read all the same
        write_text(record, "".join(f"{json.dumps(row)}\n" for row in rows))
