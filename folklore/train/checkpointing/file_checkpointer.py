"""Keeps a training's state in the folder of its run, every few minutes and when a signal asks for its end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from folklore.execution.in_progress import PROGRESS, STATE, write_progress
from folklore.execution.interruption import SIGNALS, Interrupted
from folklore.train.checkpointing.checkpointer import NullCheckpointer, Resumable
from folklore.train.checkpointing.origin import TrainingInputs
from folklore.train.checkpointing.state_file import StateError, read_state, write_state

_MINUTES = 3
_SHARE = 100  # of the time, at most one part of so many goes into keeping
_TOLD_EVERY = 5  # seconds


class FileCheckpointer(NullCheckpointer):
    def __init__(self, folder: Path, code: str, seconds: float = 60 * _MINUTES):
        """`code`: fingerprint of the code that trains; `seconds`: from one keeping to the next, at least."""
        self.folder, self.code, self.seconds = folder, code, seconds
        self.path = folder / STATE
        self.signals: list[int] = []

    @contextmanager
    def watching(self, training: Resumable, origin: TrainingInputs) -> Iterator[None]:
        self.training, self.origin = training, origin
        self._take_up()
        self.due, self.told = monotonic() + self.seconds, monotonic() + _TOLD_EVERY
        with _noting(self.signals):
            yield

    def after_batch(self) -> None:
        now = monotonic()
        if self.signals:
            self._end()
        if now >= self.due:
            self._keep()
        if now >= self.told:
            self._tell()

    def _marks(self) -> dict:
        return self.origin.marks | {"code": self.code}

    def _take_up(self) -> None:
        if not self.path.exists():
            return
        try:
            self.training.resume(read_state(self.path, self._marks()))
        except StateError as reason:
            print(f"the state in {self.path} {reason}, so this run is trained from its start", flush=True)
        else:
            print(f"goes on in epoch {self.training.progress().epoch}, where it was interrupted", flush=True)

    def _keep(self) -> bool:
        """Whether it could; a training goes on without."""
        begun = monotonic()
        try:
            write_state(self.path, self.training.state(), self._marks())
        except OSError as error:
            print(f"the state of this training cannot be kept, and it goes on without: {error}", flush=True)
            return False
        finally:
            self.due = monotonic() + max(self.seconds, _SHARE * (monotonic() - begun))
        return True

    def _tell(self) -> None:
        try:
            write_progress(self.folder, self.training.progress())
        except OSError as error:
            print(f"{self.folder / PROGRESS} cannot be written: {error}", flush=True)
        self.told = monotonic() + _TOLD_EVERY

    def _end(self) -> None:
        kept = self._keep()
        if kept:
            self._tell()
        epoch = self.training.progress().epoch
        consequence = f"kept in epoch {epoch}; the same command goes on from there"
        raise Interrupted(self.signals[0], consequence if kept else f"ended in epoch {epoch}")


@contextmanager
def _noting(noted: list[int]) -> Iterator[None]:
    """Signals that ask for an end are noted instead of obeyed."""
    before = {number: signal.signal(number, lambda number, _frame: noted.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
