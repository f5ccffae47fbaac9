"""Hold: one Snakemake a results folder, by a lock that the kernel lets go of when the process ends, however it ends."""

import fcntl
import json
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from folklore.problems import UserError

NAME = ".held"


@dataclass(frozen=True)
class Hold:
    file: TextIO  # open as long as the folder is held
    submitted: tuple[str, ...]  # names of the jobs that earlier holders had left to a cluster

    def note(self, submitted: list[str]) -> None:
        """Who holds the folder, for those who are turned away, and what whoever comes next has to look after."""
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        said = {"host": socket.gethostname(), "pid": os.getpid(), "since": since, "submitted": submitted}
        self.file.seek(0)
        self.file.truncate()
        json.dump(said, self.file)
        self.file.flush()


def hold(folder: Path) -> Hold:
    """Until the process ends. Raises UserError where another one holds the folder, or it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise UserError(f"the results folder {folder} cannot be written to: {error.strerror}") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(_turned_away(folder, _said(file))) from None
    held = Hold(file, tuple(_said(file).get("submitted", ())))
    held.note(list(held.submitted))
    return held


def _said(file: TextIO) -> dict[str, Any]:
    """Nothing where the last holder was killed while it wrote."""
    file.seek(0)
    with suppress(json.JSONDecodeError):
        return json.loads(file.read())
    return {}


def _turned_away(folder: Path, said: dict[str, Any]) -> str:
    who = f"process {said['pid']} on {said['host']}, since {said['since']}" if said else "another process"
    return (
        f"another Snakemake is at work on {folder}: {who}. Wait until it has ended, end it, "
        "or give this one a folder of its own with --config results=…"
    )
