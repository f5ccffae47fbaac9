"""GPU slots: limit how many training runs share each GPU, by locks that end with the process."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from time import sleep

from filelock import BaseFileLock

from folklore.execution.locks import holder, try_lock
from folklore.execution.user_folder import own_folder

_PAUSE = 1  # seconds between two attempts


@contextmanager
def gpu_slot(gpus: Sequence[str], each: int) -> Iterator[int]:
    """Yield the index of a GPU with a free slot, and hold the slot; wait while there is none.

    `gpus`: names that mean the same in all processes of the machine; `each`: slots per GPU.
    """
    slot = _free(gpus, each)
    if slot is None:
        holders = "; ".join(holder(_path(gpu, number)) for number, gpu in product(range(each), gpus))
        print(f"waiting for a free GPU slot, {each} on each of {len(gpus)} GPUs. Held by: {holders}", flush=True)
    while slot is None:
        sleep(_PAUSE)
        slot = _free(gpus, each)
    index, lock = slot
    with lock:
        yield index


def _free(gpus: Sequence[str], each: int) -> tuple[int, BaseFileLock] | None:
    """Try the first slot of every GPU before the second of any."""
    for number, index in product(range(each), range(len(gpus))):
        if lock := try_lock(_path(gpus[index], number)):
            return index, lock
    return None


def _path(gpu: str, number: int) -> Path:
    return own_folder() / f"gpu-{gpu}-{number}.lock"
