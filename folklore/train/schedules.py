"""Learning rate as a pure function of the epoch t = 0, 1, …, as a factor of the optimiser's rate.

SCHEDULES: name → `factor(t, epochs, **constants)`. The formulas are those of documents 000 and 002.
"""

import math


def constant(t: int, epochs: int) -> float:  # noqa: ARG001 (every schedule is asked the same way)
    return 1.0


def inverse_time(t: int, epochs: int, k: float) -> float:  # noqa: ARG001
    return 1 / (1 + k * t)


def exponential(t: int, epochs: int, k: float) -> float:  # noqa: ARG001
    return math.exp(-k * t)


def step(t: int, epochs: int, factor: float, every: int) -> float:  # noqa: ARG001
    return factor ** (t // every)


def linear(t: int, epochs: int, end: float) -> float:
    """1 in the first epoch, `end` in the last."""
    return 1 + (end - 1) * t / max(epochs - 1, 1)


def inverse_root(t: int, epochs: int) -> float:  # noqa: ARG001
    return 1 / math.sqrt(t + 1)


def power_of_ten(t: int, epochs: int) -> float:  # noqa: ARG001
    return 0.1**t


def cosine(t: int, epochs: int, end: float) -> float:
    """1 in the first epoch; would reach `end` one epoch after the last."""
    return end + (1 - end) * (1 + math.cos(math.pi * t / epochs)) / 2


SCHEDULES = {
    "constant": constant,
    "inverse_time": inverse_time,
    "exponential": exponential,
    "step": step,
    "linear": linear,
    "inverse_root": inverse_root,
    "power_of_ten": power_of_ten,
    "cosine": cosine,
}


def learning_rates(lr: float, schedule: dict, epochs: int) -> list[float]:
    """One rate an epoch."""
    constants = {key: value for key, value in schedule.items() if key != "name"}
    return [lr * SCHEDULES[schedule["name"]](t, epochs, **constants) for t in range(epochs)]
