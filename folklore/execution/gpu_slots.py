"""Slots: so many trainings at a time on each graphics processor, by locks that the kernel lets go of with a process."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from time import sleep
from typing import TextIO

from folklore.execution.user_folder import own_folder

_PAUSE = 1  # seconds between two looks at whether a slot has become free


@contextmanager
def gpu_slot(places: Sequence[str], each: int) -> Iterator[int]:
    """The number of the place that has one free, waited for where none has.

    `places`: names that mean the same in all processes of the machine; `each`: how many slots each of them has.
    """
    found = _free(places, each)
    if found is None:
        print(f"waits for a free slot: {each} on each of {len(places)} graphics processors", flush=True)
    while found is None:
        sleep(_PAUSE)
        found = _free(places, each)
    number, lock = found
    with lock:
        yield number


def _free(places: Sequence[str], each: int) -> tuple[int, TextIO] | None:
    """The first slot of all places comes before the second of any."""
    for turn, number in product(range(each), range(len(places))):
        lock = (own_folder() / f"gpu-{places[number]}-{turn}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return number, lock
    return None
