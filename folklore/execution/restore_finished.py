"""Trains a run, and links its files to a second folder until the workflow has ended.

`python -m folklore.execution.restore_finished …` does the same as `python -m folklore.jobs.train_run …`.

Runs that share an allocation fail together: Snakemake deletes the declared files of the finished ones too, and
schedules all of them again. So each finished run links its files to a folder that Snakemake does not know. The next
attempt restores them from there if the same code made them from the same inputs.
"""

import hashlib
import os
import runpy
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from folklore.execution.files import write_text
from folklore.execution.finished_runs import MADE_FROM, folder_of
from folklore.execution.option_words import one_by_one

DECLARED, READ = ("scores", "weights"), ("provenance", "indices", "weights_parent", "mask_parent", "teacher_logits")


def main(arguments: list[str]) -> None:
    declared, read = _files(arguments, DECLARED), _files(arguments, READ)
    kept, origin = folder_of(declared[0].parent), _origin(arguments, read)
    if _restored(kept, origin, declared):
        print(f"this run had finished before its allocation failed; its files are taken from {kept}")
        return
    sys.argv[1:] = arguments
    runpy.run_module("folklore.jobs.train_run", run_name="__main__", alter_sys=False)
    _keep(kept, origin, declared)


def _files(arguments: list[str], names: tuple[str, ...]) -> list[Path]:
    """Return the values of the options with these names."""
    options = [f"--{name}" for name in names]
    return [Path(value) for option, value in pairwise(one_by_one(arguments, options)) if option in options]


def _origin(arguments: list[str], read: list[Path]) -> str:
    """Hash the code, settings, seed and inputs of the run."""
    digest = hashlib.sha256(repr(arguments).encode())
    for path in read:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _restored(place: Path, origin: str, declared: list[Path]) -> bool:
    with suppress(OSError):
        if (place / MADE_FROM).read_text(encoding="utf-8") != origin:
            return False
        for path in declared:
            _link(place / path.name, path)
        return True
    return False


def _keep(place: Path, origin: str, declared: list[Path]) -> None:
    """Link the files, and write their origin last. A run whose files cannot be linked would be trained again."""
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        (place / MADE_FROM).unlink(missing_ok=True)
        for path in declared:
            _link(path, place / path.name)
        write_text(place / MADE_FROM, origin)


def _link(path: Path, name: Path) -> None:
    """Give the file a second name."""
    name.parent.mkdir(parents=True, exist_ok=True)
    name.unlink(missing_ok=True)
    os.link(path, name)


if __name__ == "__main__":
    main(sys.argv[1:])
