"""One Snakemake per results folder: a lock that the operating system releases when the process ends."""

from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock

from folklore.execution.errors import UserError
from folklore.execution.locks import holder, read_note, try_lock, write_note

NAME = ".lock"
_HELD: list[BaseFileLock] = []  # a lock ends with its object, and these are held until the process ends


@dataclass(frozen=True)
class ResultsLock:
    path: Path
    submitted: tuple[str, ...]  # names of the jobs that earlier holders left on a cluster
    lock: BaseFileLock

    def note(self, submitted: list[str]) -> None:
        """Write who holds the folder, and the names of its jobs on a cluster, which the next holder has to end."""
        write_note(self.path, submitted=submitted)

    def release(self) -> None:
        _HELD.remove(self.lock)
        self.lock.release()


def lock_results(folder: Path) -> ResultsLock:
    """Hold the folder until the process ends.

    Raise UserError if another process holds it, if it cannot be written to, or if its file system has no locks.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        submitted = tuple(read_note(path).get("submitted", ()))
        lock = try_lock(path, submitted=submitted)
    except OSError as error:
        raise UserError(f"the results folder {folder} cannot be written to: {error.strerror}") from None
    if lock is None:
        raise UserError(
            f"another Snakemake is at work on {folder}: {holder(path)}. Wait until it has ended, end it, "
            "or give this one a folder of its own with --config results=…"
        )
    _HELD.append(lock)
    return ResultsLock(path, submitted, lock)
