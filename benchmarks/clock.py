"""Seconds of two clocks, over turns: the sides of a comparison take turns, so that noise hits both."""

import resource
from collections.abc import Callable
from time import perf_counter

import numpy as np


def alternately(turns: int, warm_up: int = 0, **sides: Callable[[], object]) -> dict[str, np.ndarray]:
    """Side → [turns, 2]: seconds on the wall, seconds of processor. Turns to warm up come first and do not count."""
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
    """Of this process and of the children that it has waited for."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
