"""Hold: one Snakemake a results folder, by a lock that the kernel lets go of when the process ends, however it ends."""

import fcntl
import json
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from folklore.execution.errors import UserError

NAME = ".held"
_LENGTH = 2**16  # bytes that are read of what a holder says, at most


@dataclass(frozen=True)
class ResultsLock:
    file: int  # a descriptor that nobody closes
    submitted: tuple[str, ...]  # names of the jobs that earlier holders had left to a cluster

    def note(self, submitted: list[str]) -> None:
        """Who holds the folder, for those who are turned away, and what whoever comes next has to look after."""
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        said = {"host": socket.gethostname(), "pid": os.getpid(), "since": since, "submitted": submitted}
        os.ftruncate(self.file, 0)
        os.pwrite(self.file, json.dumps(said).encode(), 0)


def lock_results(folder: Path) -> ResultsLock:
    """Until the process ends. Raises UserError where another one holds the folder, or it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise UserError(_unwritable(folder, error)) from None
    said = _said(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        raise UserError(_turned_away(folder, said)) from None
    held = ResultsLock(file, tuple(said.get("submitted", ())))
    try:
        held.note(list(held.submitted))
    except OSError as error:
        raise UserError(_unwritable(folder, error)) from None
    return held


def _said(file: int) -> dict[str, Any]:
    """Nothing where the last holder was killed while it wrote."""
    with suppress(ValueError):
        return json.loads(os.pread(file, _LENGTH, 0))
    return {}


def _unwritable(folder: Path, error: OSError) -> str:
    return f"the results folder {folder} cannot be written to: {error.strerror}"


def _turned_away(folder: Path, said: dict[str, Any]) -> str:
    who = f"process {said['pid']} on {said['host']}, since {said['since']}" if said else "another process"
    return (
        f"another Snakemake is at work on {folder}: {who}. Wait until it has ended, end it, "
        "or give this one a folder of its own with --config results=…"
    )
