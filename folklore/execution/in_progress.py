"""The folder of a run in progress: its saved state, how far it is, and the lock of the process that trains it.

Snakemake does not know this folder, since it deletes the declared files of a job that failed. The folder exists while a
run is trained, and after an interruption until the run is finished.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import sleep

from filelock import BaseFileLock

from folklore.execution.files import write_json
from folklore.execution.locks import holder, now, this_process, try_lock

STATE, PROGRESS, LOCK = "state.safetensors", "progress.json", "lock"
_PAUSE = 0.5  # seconds between two attempts to take the lock


@dataclass(frozen=True)
class Progress:
    epoch: int  # in progress, from 1
    epochs: int
    seconds: float  # cumulative, including those before an interruption
    seconds_left: float
    device: str


def folder_of(results: str, recipe: str, seed: int | str) -> str:
    return f"{results}/resume/{recipe}/{seed}"


@contextmanager
def training_lock(folder: Path) -> Iterator[None]:
    """Hold the folder of a run; wait while another process trains the run.

    The folder is removed when the block succeeds. When it fails, the folder stays if it has a state to resume from.
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
        lock.release()


def write_progress(folder: Path, progress: Progress) -> None:
    write_json(folder / PROGRESS, asdict(progress) | this_process() | {"written": now()})


def _locked(folder: Path) -> BaseFileLock:
    """Take the lock. The process that held it may have removed the folder."""
    waiting = False
    while True:
        with suppress(FileNotFoundError):
            folder.mkdir(parents=True, exist_ok=True)
            if lock := try_lock(folder / LOCK):
                return lock
            if not waiting:
                print(f"waiting for another process that trains this run: {holder(folder / LOCK)}", flush=True)
                waiting = True
        sleep(_PAUSE)


def _remove(folder: Path, lock: BaseFileLock) -> None:
    """Remove the folder while the lock is held; files that a network file system keeps while open go afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()
    for left in (folder, folder.parent):
        with suppress(OSError):
            left.rmdir()
