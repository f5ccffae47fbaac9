"""How a bundle of curves is made fit to be seen: which runs diverged, smoothing, and the view that an axis gives."""

from collections.abc import Iterable

import numpy as np

Runs = dict[int, dict[str, np.ndarray]]  # seed → column → a value an epoch

_FAR = 20.0  # times

TELLING = ("train_loss", "validation_loss")  # finite to the end, unless the run diverged


def diverged_seeds(runs: Runs) -> list[int]:
    """Training stops with the first epoch after which a loss is no number, so the last row tells."""
    return [seed for seed, run in runs.items() if not np.isfinite([run[loss][-1] for loss in TELLING]).all()]


def stack_runs(runs: Runs, column: str, clock: str = "epoch") -> tuple[np.ndarray, np.ndarray]:
    """(mean of the clock's column by epoch, [seed, epoch]) of the runs that finished; no row without such a run, or
    where none recorded the curve."""
    broken = diverged_seeds(runs)
    finished = [run for seed, run in runs.items() if seed not in broken and np.isfinite(run[column]).all()]
    places = np.mean([run[clock] for run in finished], axis=0) if finished else np.array([])
    return places, np.array([run[column] for run in finished])


def far_apart(lasts: Iterable[float]) -> bool:
    """Lines that end at places so unlike that a linear axis would press the short ones flat."""
    lasts = list(lasts)
    return min(lasts, default=1) > 0 and max(lasts, default=1) > _FAR * min(lasts, default=1)


def longest(variants: dict[str, Runs]) -> int:
    return max(len(run["epoch"]) for runs in variants.values() for run in runs.values())


def window_of(smooth: int, epochs: int) -> int:
    """At most a third of the epochs, or a short run would shrink to a point."""
    return max(1, min(smooth, epochs // 3))


def smoothed(values: np.ndarray, window: int) -> np.ndarray:
    """Centred moving average where the whole window fits; smoothing the epochs too keeps both in step."""
    return np.convolve(values, np.full(window, 1 / window), "valid")


def loss_view(lines: list[np.ndarray]) -> tuple[float, float]:
    """(upper end of a loss axis, highest value): what explodes leaves the view and does not flatten the rest.

    The view reaches to the far-out fence of a box plot and never cuts off where a typical run starts.
    """
    finite = [line[np.isfinite(line)] for line in lines]
    finite = [line for line in finite if line.size]
    if not finite:
        return 1.0, 1.0
    values = np.concatenate(finite)
    lower, upper = np.quantile(values, [0.25, 0.75])
    fence = max(upper + 3 * (upper - lower), 1.5 * float(np.median([line[0] for line in finite])))
    highest = float(values.max())
    return (1.05 * highest if highest <= 1.25 * fence else float(fence)), highest
