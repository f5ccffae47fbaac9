"""Signals that ask a run to end before its time."""

from signal import SIGINT, SIGTERM, SIGUSR1, Signals

# What a cluster sends before it takes a machine away, and what a user sends.
SIGNALS = (SIGTERM, SIGINT, SIGUSR1)


class Interrupted(Exception):  # noqa: N818 (nobody's error)
    """A run ended on a signal, in good order."""

    def __init__(self, number: int, consequence: str):
        super().__init__(f"{Signals(number).name}: {consequence}")
        self.exit_code = 128 + number  # as a shell has it
