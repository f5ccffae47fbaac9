"""Results that no study refers to. Only the workflow's own folders are searched, and no link is followed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from folklore.cli.referenced import Referenced
from folklore.cli.states import RunsOnDisk
from folklore.schema.recipe import Run


@dataclass(frozen=True)
class Leftover:
    kind: str
    path: Path
    bytes: int

    def remove(self) -> None:
        if self.path.is_dir():
            shutil.rmtree(self.path)
        else:
            self.path.unlink()
        with suppress(OSError):  # the folder of a recipe, if this was the last of its seeds
            self.path.parent.rmdir()


def leftovers(results: Path, known: Referenced) -> list[Leftover]:
    """Return unreferenced results, the largest first, without runs in progress."""
    disk = RunsOnDisk(results, results)
    found = [
        *_runs(results, disk, known),
        *_files(results / "data", "data", known.datasets),
        *_files(results / "splits", "split", known.splits),
        *_files(results / "pretrained", "published weights", known.weights),
        *(leftover for edition in sorted(known.editions) for leftover in _of_edition(results / edition, known)),
    ]
    return sorted(found, key=lambda leftover: (-leftover.bytes, leftover.path))


def _runs(results: Path, disk: RunsOnDisk, known: Referenced) -> Iterator[Leftover]:
    """Yield unreferenced runs: their results, saved states and logs."""
    for kind, folder in (
        ("run", "runs"),
        ("interrupted run", "resume"),
        ("log", "logs/train_run"),
        ("log", "logs/probe_run"),
    ):
        for recipe in _entries(results / folder):
            for seed in _entries(Path(recipe)):
                number = Path(seed).stem
                if not number.isdecimal() or int(number) in known.runs.get(Path(recipe).name, ()):
                    continue
                if disk.in_progress(Run(recipe=Path(recipe).name, seed=int(number))) is None:
                    yield _leftover(kind, Path(seed))


def _files(folder: Path, kind: str, known: set[str]) -> Iterator[Leftover]:
    yield from (_leftover(kind, path) for path in map(Path, _entries(folder)) if path.stem not in known)


def _of_edition(edition: Path, known: Referenced) -> Iterator[Leftover]:
    """Yield tables, verdicts, sections and figures of studies that no longer exist."""
    for kind, folder in (("tables", "tables"), ("verdicts", "verdicts"), ("section", "report/sections")):
        yield from _files(edition / folder, kind, set(known.figures))
    for study in map(Path, _entries(edition / "figures")):
        if study.name not in known.figures:
            yield _leftover("figures", study)
        else:
            yield from _files(study, "figure", known.figures[study.name])


def _entries(folder: Path) -> list[str]:
    """Return the paths in a folder, without links, and without hidden files, which are being written."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(entry.path for entry in entries if not entry.is_symlink() and not entry.name.startswith("."))


def _leftover(kind: str, path: Path) -> Leftover:
    inside = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
    return Leftover(kind, path, sum(file.lstat().st_size for file in inside))
