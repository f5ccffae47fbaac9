"""Signals that interrupt a training run."""

from signal import SIGINT, SIGTERM, SIGUSR1, Signals

# Sent by a cluster before it ends a job, and by users.
SIGNALS = (SIGTERM, SIGINT, SIGUSR1)


class Interrupted(Exception):  # noqa: N818 (it is no error)
    """A run ended on a signal, after saving its state."""

    def __init__(self, number: int, consequence: str):
        super().__init__(f"{Signals(number).name}: {consequence}")
        self.exit_code = 128 + number  # the convention of shells
