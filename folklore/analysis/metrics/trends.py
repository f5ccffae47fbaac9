"""Order along an axis: Kendall's τ of each seed, and an exact test of the order over all seeds.

The test sums the discordant pairs of variants over seeds, as the seasonal Kendall test does (Hirsch, Slack & Smith
1982). Without ties this is equivalent to the sum of τ; with ties its distribution stays exact.
"""

import math
from collections.abc import Iterator
from functools import cache, reduce
from itertools import cycle

import numpy as np
from scipy.special import ndtri

from folklore.analysis.intervals import ALPHA, MAX_EXTRA_SEEDS

FEW = 50  # rows; above this number, the normal approximation gives the number of rows needed


def without_rounding(table: np.ndarray) -> np.ndarray:
    """Return seeds × variants, with values made equal that differ by rounding errors."""
    scale = np.abs(table).max() or 1.0
    return np.round(table / scale, 12)


def taus(table: np.ndarray) -> np.ndarray:
    """Return Kendall's τ-b of each row with its column numbers; 0 for a row of equal values."""
    signs = _signs(table)
    pairs, untied = signs.shape[-1], np.abs(signs).sum(axis=-1)
    return signs.sum(axis=-1) / np.sqrt(pairs * np.maximum(untied, 1))


def order_p(table: np.ndarray, rising: bool) -> float:
    """Return the two-sided p-value (twice the tail) of the rows' order, under random permutation of each row."""
    discordant, probabilities = _discordant(table, rising)
    combined = reduce(np.convolve, probabilities, np.ones(1))
    return float(min(1.0, 2 * combined[: sum(discordant) + 1].sum()))


def more_seeds(table: np.ndarray, rising: bool, level: float = ALPHA) -> int | None:
    """Return the number of further rows like these that would bring p to the level; None above 1,000."""
    discordant, probabilities = _discordant(table, rising)
    many = _roughly_enough(discordant, probabilities, level)
    if many > FEW:
        return max(many - len(table), 1) if many <= len(table) + MAX_EXTRA_SEEDS else None
    p_values = enumerate(_repeated(discordant, probabilities), start=1)
    return next(rows for rows, p in p_values if rows > len(table) and p <= level) - len(table)


def _repeated(discordant: list[int], probabilities: list[np.ndarray]) -> Iterator[float]:
    """Yield p for one row, two rows, three …, repeating the given rows."""
    wrong, combined = 0, np.ones(1)
    for of_row, probabilities_of_row in cycle(zip(discordant, probabilities, strict=True)):
        wrong, combined = wrong + of_row, np.convolve(combined, probabilities_of_row)
        yield 2 * combined[: wrong + 1].sum()


def _roughly_enough(discordant: list[int], probabilities: list[np.ndarray], level: float) -> float:
    """Return the number of rows by the normal approximation; infinite if the rows are no better than permuted ones."""
    rows = list(zip(discordant, probabilities, strict=True))
    lead = np.mean([_mean_inversions(row) - wrong for wrong, row in rows])
    variance = np.mean([row @ (np.arange(len(row)) - _mean_inversions(row)) ** 2 for _, row in rows])
    return math.ceil(variance * (ndtri(level / 2) / lead) ** 2) if lead > 0 else math.inf


def _mean_inversions(probabilities: np.ndarray) -> float:
    return (len(probabilities) - 1) / 2


def _signs(table: np.ndarray) -> np.ndarray:
    """Return for each row and pair of columns 1 if the values increase, −1 if they decrease, 0 for a tie."""
    first, second = np.triu_indices(table.shape[-1], k=1)
    return np.sign(table[..., second] - table[..., first])


def _discordant(table: np.ndarray, rising: bool) -> tuple[list[int], list[np.ndarray]]:
    """Return for each row its discordant pairs, and the probabilities of 0, 1, 2 … of them in a permuted row."""
    wrong = (_signs(table) == (-1 if rising else 1)).sum(axis=-1)
    return wrong.tolist(), [_shuffled(tuple(np.unique(row, return_counts=True)[1].tolist())) for row in table]


@cache
def _shuffled(groups: tuple[int, ...]) -> np.ndarray:
    """Return the probabilities of 0, 1, 2 … inversions in a permuted row with ties of these sizes."""
    probabilities, placed = np.ones(1), 0
    for size in groups:
        placed += size
        probabilities = np.convolve(probabilities, _merged(placed, size))
    return probabilities


@cache
def _merged(combined: int, size: int) -> np.ndarray:
    """Return the probabilities of 0, 1, 2 … inversions between a tied group and the others (Mann–Whitney U)."""
    if size in (0, combined):
        return np.ones(1)
    probabilities = np.zeros(size * (combined - size) + 1)
    last_in_group = _merged(combined - 1, size - 1) * size / combined
    last_outside = _merged(combined - 1, size) * (combined - size) / combined
    probabilities[: len(last_in_group)] += last_in_group
    probabilities[size : size + len(last_outside)] += last_outside
    return probabilities
