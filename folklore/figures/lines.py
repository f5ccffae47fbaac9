"""Curves of the runs of one variant, prepared for drawing: their mean and band, smoothing, and the view of an axis."""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes

from folklore.analysis.intervals import mean_interval
from folklore.figures.rows import RunCurves
from folklore.wording.figures import run_ends_words

Runs = dict[int, RunCurves]  # by seed

_FAR = 20.0  # times

LOSSES = ("train_loss", "validation_loss")


def diverged_seeds(runs: Runs) -> list[int]:
    return [seed for seed, run in runs.items() if run.diverged]


def finished_runs(runs: Runs, column: str) -> list[RunCurves]:
    """Return the runs that finished and recorded the curve."""
    return [run for run in runs.values() if not run.diverged and np.isfinite(run[column]).all()]


def stack_runs(runs: list[RunCurves], column: str, window: int = 1) -> np.ndarray:
    """Return [epoch, run], smoothed; NaN after the end of a shorter run."""
    lines = [smoothed(run[column], window) for run in runs]
    whole = np.full((max(map(len, lines), default=0), len(lines)), np.nan)
    for number, line in enumerate(lines):
        whole[: len(line), number] = line
    return whole


def intervals(numbers: np.ndarray) -> np.ndarray:
    """Return [mean, low and high, places] of [places, runs], over the runs with a number at each place.

    A place without a number has NaN; a place with one number has a mean alone.
    """
    known = np.isfinite(numbers)
    counts = known.sum(axis=1)
    found = np.full((3, len(numbers)), np.nan)
    for count in np.unique(counts[counts > 0]):
        same = counts == count
        found[:, same] = mean_interval(numbers[same][known[same]].reshape(-1, count))
    return found


def run_ends(whole: np.ndarray) -> np.ndarray:
    """Return whether a run that is shorter than the longest ends at each place of [places, runs]."""
    counts = np.isfinite(whole).sum(axis=1)
    return np.diff(counts, append=counts[-1:]) < 0


def mark_ends(axes: Axes, places: np.ndarray, heights: np.ndarray, ends: np.ndarray, colour: str) -> None:
    """Mark with | where the number of runs behind a mean changes."""
    if ends.any():
        axes.plot(places[ends], heights[ends], color=colour, marker="|", markersize=9, linestyle="", zorder=4)


def run_lengths(variants: dict[str, Runs]) -> list[str]:
    """Return one sentence for each variant whose finished runs differ in length, else an empty text."""
    return [
        run_ends_words(name, [run.epochs for run in runs.values() if not run.diverged])
        for name, runs in variants.items()
    ]


def far_apart(lasts: Iterable[float]) -> bool:
    """Return True if the lines end at so different places that a linear axis would flatten the short ones."""
    lasts = list(lasts)
    return min(lasts, default=1) > 0 and max(lasts, default=1) > _FAR * min(lasts, default=1)


def longest(variants: dict[str, Runs]) -> int:
    return max(run.epochs for runs in variants.values() for run in runs.values())


def window_of(smooth: int, epochs: int) -> int:
    """Return the smoothing window: at most a third of the epochs, so that a short run stays a line."""
    return max(1, min(smooth, epochs // 3))


def smoothed(values: np.ndarray, window: int) -> np.ndarray:
    """Return the centred moving average where the whole window fits; nothing of a curve shorter than the window.

    Smoothing the epochs too keeps both in step.
    """
    return np.convolve(values, np.full(window, 1 / window), "valid") if len(values) >= window else values[:0]


def loss_view(lines: list[np.ndarray]) -> tuple[float, float]:
    """Return the upper end of a loss axis and the highest value; exploding losses leave the view.

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
