"""Order along an axis: Kendall's τ of each seed, and the exact test that the seeds together show one.

The test sums, over seeds, the pairs of variants that stand in the wrong order, as the seasonal Kendall test does
(Hirsch, Slack & Smith 1982). Without ties that is the sum of τ; with ties its distribution stays exact.
"""

import math
from collections.abc import Iterator
from functools import cache, reduce
from itertools import cycle

import numpy as np
from scipy.special import ndtri

from folklore.analysis.intervals import ALPHA, MAX_EXTRA_SEEDS

FEW = 50  # rows; beyond that the normal distribution tells how many are needed


def without_rounding(table: np.ndarray) -> np.ndarray:
    """Seeds × variants, with values equal that differ by rounding alone."""
    scale = np.abs(table).max() or 1.0
    return np.round(table / scale, 12)


def taus(table: np.ndarray) -> np.ndarray:
    """Kendall's τ-b of each row with its column numbers; 0 for a row of equal values."""
    signs = _signs(table)
    pairs, untied = signs.shape[-1], np.abs(signs).sum(axis=-1)
    return signs.sum(axis=-1) / np.sqrt(pairs * np.maximum(untied, 1))


def order_p(table: np.ndarray, rising: bool) -> float:
    """Two-sided p (twice the tail) of so ordered rows, if each row had been shuffled."""
    misplaced, chances = _misplaced(table, rising)
    together = reduce(np.convolve, chances, np.ones(1))
    return float(min(1.0, 2 * together[: sum(misplaced) + 1].sum()))


def more_seeds(table: np.ndarray, rising: bool, level: float = ALPHA) -> int | None:
    """How many more rows like these would bring p to the level; None beyond 1,000."""
    misplaced, chances = _misplaced(table, rising)
    many = _roughly_enough(misplaced, chances, level)
    if many > FEW:
        return max(many - len(table), 1) if many <= len(table) + MAX_EXTRA_SEEDS else None
    p_values = enumerate(_repeated(misplaced, chances), start=1)
    return next(rows for rows, p in p_values if rows > len(table) and p <= level) - len(table)


def _repeated(misplaced: list[int], chances: list[np.ndarray]) -> Iterator[float]:
    """p of one row, of two, of three …, taken over and over."""
    wrong, together = 0, np.ones(1)
    for of_row, chances_of_row in cycle(zip(misplaced, chances, strict=True)):
        wrong, together = wrong + of_row, np.convolve(together, chances_of_row)
        yield 2 * together[: wrong + 1].sum()


def _roughly_enough(misplaced: list[int], chances: list[np.ndarray], level: float) -> float:
    """So many rows by the normal approximation; endless where the rows are no better than shuffled ones."""
    lead = np.mean([(len(chance) - 1) / 2 - wrong for wrong, chance in zip(misplaced, chances, strict=True)])
    variance = np.mean([chance @ (np.arange(len(chance)) - (len(chance) - 1) / 2) ** 2 for chance in chances])
    return math.ceil(variance * (ndtri(level / 2) / lead) ** 2) if lead > 0 else math.inf


def _signs(table: np.ndarray) -> np.ndarray:
    """For each row and pair of columns, 1 where the values rise, −1 where they fall, 0 where they tie."""
    first, second = np.triu_indices(table.shape[-1], k=1)
    return np.sign(table[..., second] - table[..., first])


def _misplaced(table: np.ndarray, rising: bool) -> tuple[list[int], list[np.ndarray]]:
    """For each row its pairs in the wrong order, and the chances of 0, 1, 2 … of them in a shuffled row."""
    wrong = (_signs(table) == (-1 if rising else 1)).sum(axis=-1)
    return wrong.tolist(), [_shuffled(tuple(np.unique(row, return_counts=True)[1].tolist())) for row in table]


@cache
def _shuffled(groups: tuple[int, ...]) -> np.ndarray:
    """Chances of 0, 1, 2 … inversions in a shuffled row whose equal values come in groups of these sizes."""
    chances, placed = np.ones(1), 0
    for size in groups:
        placed += size
        chances = np.convolve(chances, _merged(placed, size))
    return chances


@cache
def _merged(together: int, size: int) -> np.ndarray:
    """Chances of 0, 1, 2 … inversions between a group of equal values and the others (Mann and Whitney's U)."""
    if size in (0, together):
        return np.ones(1)
    chances = np.zeros(size * (together - size) + 1)
    last_in_group = _merged(together - 1, size - 1) * size / together
    last_outside = _merged(together - 1, size) * (together - size) / together
    chances[: len(last_in_group)] += last_in_group
    chances[size : size + len(last_outside)] += last_outside
    return chances
