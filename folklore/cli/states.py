"""The state of every run, from files alone, with few accesses to the disk."""

import csv
import json
import os
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from folklore.execution.files import last_lines
from folklore.execution.in_progress import LOCK, PROGRESS, folder_of
from folklore.execution.locks import is_locked
from folklore.schema.recipe import Run


class RunState(StrEnum):
    DONE = "done"
    RUNNING = "running"
    FAILED = "failed"
    DIVERGED = "diverged"
    MISSING = "missing"


# Words at the end of the log of a failed job.
_ERROR = re.compile(r"error|exception|traceback|killed|cancelled|no space left", re.IGNORECASE)
# The lock of a run on another host may be invisible. Such a run counts as in progress until it has written no progress,
# which it does every few seconds except during evaluation, for this time or this number of epochs.
_QUIET, _EPOCHS = timedelta(minutes=5), 3


@dataclass(frozen=True)
class RunsOnDisk:
    results: Path
    edition: Path

    def states(self, study: str, runs: Iterable[Run]) -> dict[Run, RunState]:
        known = self._in_table(study)
        return {run: self._state(run, known.get((run.recipe, run.seed))) for run in dict.fromkeys(runs)}

    def in_progress(self, run: Run) -> dict[str, Any] | None:
        """Return the last progress of a run; None if no process trains it."""
        folder = Path(folder_of(str(self.results), run.recipe, run.seed))
        if not folder.is_dir():
            return None
        progress = _progress(folder / PROGRESS)
        return progress if is_locked(folder / LOCK) or _fresh(progress) else None

    def log(self, run: Run) -> Path:
        return self.results / "logs" / "train_run" / run.recipe / f"{run.seed}.log"

    def _state(self, run: Run, told: tuple[str, float] | None) -> RunState:
        scores = self.results / "runs" / run.recipe / str(run.seed) / "scores.json"
        try:
            written = scores.stat().st_mtime
        except FileNotFoundError:
            return self._unfinished(run)
        status, when = told or ("", 0)
        if when <= written:  # not in the table yet
            status = json.loads(scores.read_bytes())["status"]
        return RunState.DIVERGED if status == "diverged" else RunState.DONE

    def _unfinished(self, run: Run) -> RunState:
        if self.in_progress(run) is not None:
            return RunState.RUNNING
        return (
            RunState.FAILED if any(_ERROR.search(line) for line in last_lines(self.log(run), 3)) else RunState.MISSING
        )

    def _in_table(self, study: str) -> dict[tuple[str, int], tuple[str, float]]:
        """Map (recipe, seed) to status and time of the table of runs: one file instead of one per run."""
        path = self.edition / "tables" / study / "runs.csv"
        try:
            with path.open(encoding="utf-8", newline="") as handle:
                when = os.fstat(handle.fileno()).st_mtime
                return {(row["recipe"], int(row["seed"])): (row["status"], when) for row in csv.DictReader(handle)}
        except FileNotFoundError:
            return {}


def _progress(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}


def _fresh(progress: dict[str, Any]) -> bool:
    """Return whether a run on another host wrote progress recently; for this host, the lock is the test."""
    if "written" not in progress or progress["host"] == socket.gethostname():
        return False
    epoch = timedelta(seconds=progress.get("seconds", 0) / progress.get("epoch", 1))
    return datetime.now(UTC) - datetime.fromisoformat(progress["written"]) < max(_QUIET, _EPOCHS * epoch)
