"""Saves a training run's state in the folder of its run: every few minutes, and when a signal ends it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from folklore.execution.in_progress import PROGRESS, STATE, write_progress
from folklore.execution.interruption import SIGNALS, Interrupted
from folklore.train.checkpointing.cache_key import CacheKey
from folklore.train.checkpointing.checkpointer import NullCheckpointer, Resumable
from folklore.train.checkpointing.state_file import StateError, read_state, write_state

_INTERVAL = 180  # seconds between two saves, at least
_RATIO = 100  # training takes at least this many times as long as saving
_PROGRESS_INTERVAL = 5  # seconds


class FileCheckpointer(NullCheckpointer):
    def __init__(self, folder: Path, interval: float = _INTERVAL):
        self.folder, self.interval = folder, interval
        self.path = folder / STATE
        self.signals: list[int] = []

    @contextmanager
    def attached(self, training: Resumable, key: CacheKey) -> Iterator[None]:
        self.training, self.key = training, key
        self._resume()
        self.next_save, self.next_report = monotonic() + self.interval, monotonic() + _PROGRESS_INTERVAL
        with _collecting(self.signals):
            yield

    def after_batch(self) -> None:
        now = monotonic()
        if self.signals:
            self._interrupt()
        if now >= self.next_save:
            self._save()
        if now >= self.next_report:
            self._report()

    def _resume(self) -> None:
        if not self.path.exists():
            return
        try:
            self.training.resume(read_state(self.path, self.key))
        except StateError as reason:
            print(f"the saved state {self.path} {reason}; this run is trained from its start", flush=True)
        else:
            print(f"resumes in epoch {self.training.progress().epoch}, where it was interrupted", flush=True)

    def _save(self) -> bool:
        """Return False if the disk refuses; the run continues unsaved."""
        started = monotonic()
        try:
            write_state(self.path, self.training.state(), self.key)
        except OSError as error:
            print(f"the state of this training cannot be saved, and it continues without: {error}", flush=True)
            return False
        finally:
            self.next_save = monotonic() + max(self.interval, _RATIO * (monotonic() - started))
        return True

    def _report(self) -> None:
        try:
            write_progress(self.folder, self.training.progress())
        except OSError as error:
            print(f"{self.folder / PROGRESS} cannot be written: {error}", flush=True)
        self.next_report = monotonic() + _PROGRESS_INTERVAL

    def _interrupt(self) -> None:
        saved = self._save()
        if saved:
            self._report()
        epoch = self.training.progress().epoch
        consequence = f"saved in epoch {epoch}; the same command resumes from there"
        raise Interrupted(self.signals[0], consequence if saved else f"ended in epoch {epoch}, unsaved")


@contextmanager
def _collecting(received: list[int]) -> Iterator[None]:
    """Append the signals that end a run to a list, instead of ending the process."""
    before = {number: signal.signal(number, lambda number, _frame: received.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
