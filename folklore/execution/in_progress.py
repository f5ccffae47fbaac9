"""A run that is under way: the folder in which it keeps itself, who is at it, and how far it is.

Snakemake does not know this folder, since it deletes what it knows of a job that failed. There is one while a run is
trained, and after it was interrupted until it is done.
"""

import fcntl
import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from folklore.execution.files import write_json

STATE, PROGRESS, LOCK = "state.safetensors", "progress.json", "lock"


@dataclass(frozen=True)
class Progress:
    epoch: int  # the one that is under way, from 1
    epochs: int
    seconds: float  # so far, those before an interruption too
    seconds_left: float
    device: str


def folder_of(results: str, recipe: str, seed: int | str) -> str:
    return f"{results}/resume/{recipe}/{seed}"


@contextmanager
def training_lock(folder: Path) -> Iterator[None]:
    """One process a run: waits for the end of another that is at it.

    The folder goes when the block ends well; when not, it stays if there is a state to go on from.
    """
    lock = _locked(folder)
    try:
        for draft in folder.glob(".*"):  # of a process that was killed while it wrote
            draft.unlink()
        yield
    except BaseException:
        if not (folder / STATE).exists():
            _remove(folder, lock)
        raise
    else:
        _remove(folder, lock)
    finally:
        lock.close()


def write_progress(folder: Path, progress: Progress) -> None:
    write_json(folder / PROGRESS, asdict(progress) | _who() | {"written": _now()})


def _locked(folder: Path) -> TextIO:
    """Whoever was at it may have removed the folder meanwhile, and then the lock that was waited for is none."""
    while True:
        with suppress(FileNotFoundError):
            folder.mkdir(parents=True, exist_ok=True)
            lock = (folder / LOCK).open("a+", encoding="utf-8")
            _wait_for(lock)
            if os.path.samestat(os.fstat(lock.fileno()), (folder / LOCK).stat()):
                lock.truncate(0)
                print(json.dumps(_who() | {"since": _now()}), file=lock, flush=True)
                return lock
            lock.close()


def _wait_for(lock: TextIO) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        print(f"another process trains this run and is waited for: {lock.read().strip()}", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def _remove(folder: Path, lock: TextIO) -> None:
    """While the lock is held; what a network file system leaves of an open file goes afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    lock.close()
    for left in (folder, folder.parent):
        with suppress(OSError):
            left.rmdir()


def _who() -> dict[str, str | int]:
    return {"host": socket.gethostname(), "pid": os.getpid()}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
