"""Seconds of two clocks, over turns: the sides of a comparison take turns, so that noise hits both."""

import resource
from collections.abc import Callable
from time import perf_counter

import numpy as np


def alternately(turns: int, warm_up: int = 0, **sides: Callable[[], object]) -> dict[str, np.ndarray]:
    """Return side → [turns, 2]: wall and CPU seconds. Warm-up turns come first and do not count."""
    seconds = [{side: _seconds(work) for side, work in sides.items()} for _ in range(warm_up + turns)]
    return {side: np.array([turn[side] for turn in seconds[warm_up:]]) for side in sides}


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = perf_counter(), _processor()
    work()
    return perf_counter() - wall, _processor() - processor


def processor_seconds(work: Callable[[], object]) -> float:
    before = _processor()
    work()
    return _processor() - before


def _processor() -> float:
    """Return the CPU seconds of this process and of its finished children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
