"""Inference on a mean over few seeds: t-interval, p-values, Holm's correction, seeds needed."""

from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

ALPHA = 0.05  # two-sided, everywhere
MOST_EXACT = 20  # seeds; up to here all sign patterns, at most 2²⁰, are enumerated
PATTERNS = 100_000  # sign patterns that are sampled beyond MOST_EXACT seeds
MAX_EXTRA_SEEDS = 1_000  # no study adds more seeds than this

_SAME = 1e-9  # relative; a smaller difference is a rounding error


class Interval(NamedTuple):
    mean: float
    low: float
    high: float


def mean_interval(values: np.ndarray, level: float = 1 - ALPHA) -> Interval:
    """Return the t-interval of the mean along the last axis; its ends are NaN for a single value."""
    n, mean = values.shape[-1], values.mean(axis=-1)
    if n < 2:
        return Interval(mean, mean * np.nan, mean * np.nan)
    half = stdtrit(n - 1, (1 + level) / 2) * values.std(axis=-1, ddof=1) / np.sqrt(n)
    return Interval(mean, mean - half, mean + half)


def identical(values: np.ndarray) -> bool:
    """Return True if the values differ by rounding errors at most, so that a t-test is undefined."""
    return bool(np.ptp(values) <= _SAME * np.abs(values).max())


def paired_differences(of: np.ndarray, than: np.ndarray | float) -> np.ndarray:
    """Return the differences by seed, with 0 in place of rounding errors."""
    differences = of - than
    return np.where(np.abs(differences) <= 1e-12 * np.maximum(np.abs(of), np.abs(than)), 0.0, differences)


def p_value(values: np.ndarray, bound: float) -> float:
    """Return the two-sided p-value of a mean at the bound: t-test, or sign-flip test if all values are identical."""
    n, distances = len(values), paired_differences(values, bound)
    if n < 2:
        return 1.0
    if identical(values):
        return 2.0 ** (1 - n) if distances.any() else 1.0
    t = distances.mean() / (distances.std(ddof=1) / np.sqrt(n))
    return float(2 * stdtr(n - 1, -abs(t)))


def sign_flip_p(distances: np.ndarray, rng: np.random.Generator) -> float:
    """Return the two-sided p-value of the sign-flip permutation test; `rng` samples patterns beyond 20 values."""
    observed = abs(distances.sum()) * (1 - _SAME)
    if len(distances) > MOST_EXACT:
        sums = rng.choice((-1.0, 1.0), (PATTERNS, len(distances))) @ distances
        return float((1 + (np.abs(sums) >= observed).sum()) / (1 + PATTERNS))
    sums = np.zeros(1)
    for distance in distances:
        sums = np.concatenate([sums - distance, sums + distance])
    return float((np.abs(sums) >= observed).mean())


def more_seeds(values: np.ndarray, bound: float, level: float = ALPHA) -> int | None:
    """Return the number of further seeds that would separate mean and bound at the observed mean and SD.

    None if more than 1,000 are needed, or none would do.
    """
    n = len(values)
    counts, distance = np.arange(n + 1, n + MAX_EXTRA_SEEDS + 1), abs(values.mean() - bound)
    if n < 2 or distance == 0:
        return None
    if identical(values):
        settles = 2.0 ** (1 - counts) <= level
    else:
        settles = stdtrit(counts - 1, 1 - level / 2) * values.std(ddof=1) / np.sqrt(counts) < distance
    return int(settles.argmax()) + 1 if settles.any() else None


def holm(p_values: np.ndarray) -> np.ndarray:
    """Return the p-values adjusted for testing all of them (Holm 1979)."""
    order = np.argsort(p_values, kind="stable")
    adjusted = np.maximum.accumulate(p_values[order] * np.arange(len(p_values), 0, -1))
    return np.minimum(adjusted, 1.0)[np.argsort(order, kind="stable")]
