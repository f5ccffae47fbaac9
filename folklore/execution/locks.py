"""Locks on files, which the operating system releases when a process ends, however it ends.

The process that holds a lock writes into the file who it is, for processes that wait and for `folklore status`.
"""

import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from errno import ENOLCK, ENOSYS, EOPNOTSUPP
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, FileLock, Timeout

from folklore.execution.errors import UserError


def this_process() -> dict[str, Any]:
    return {"host": socket.gethostname(), "pid": os.getpid()}


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def try_lock(path: Path, **note: Any) -> BaseFileLock | None:
    """Return the lock, with the note and this process written into the file; None if another process holds it.

    Raise UserError if the file system has no locks. The lock ends with its object: keep a reference to it.
    """
    lock = FileLock(path, fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    except OSError as error:
        if not _unsupported(error):
            raise
        raise UserError(
            f"{path}: the file system does not support file locks ({error.strerror}). Set `results` in config.yaml to "
            "a folder on another file system"
        ) from None
    write_note(path, **note)
    return lock


def write_note(path: Path, **note: Any) -> None:
    """Write this process and the note into the file of a lock that it holds."""
    path.write_text(json.dumps(this_process() | {"since": now()} | note), encoding="utf-8")


def read_note(path: Path) -> dict[str, Any]:
    """Read what the last holder wrote; nothing if it was killed while it wrote."""
    with suppress(OSError, ValueError):
        return json.loads(path.read_text(encoding="utf-8"))
    return {}


def holder(path: Path) -> str:
    """Name the process that holds the lock."""
    note = read_note(path)
    return "process {pid} on {host}, since {since}".format(**note) if "since" in note else "another process"


def is_locked(path: Path) -> bool:
    """Return whether a process holds the lock; False if there is no such file or the file system has no locks."""
    if not path.exists():
        return False
    lock = FileLock(path, fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _unsupported(error: OSError) -> bool:
    return error.errno in (ENOLCK, ENOSYS, EOPNOTSUPP)
