from itertools import permutations, product

import numpy as np
import pytest
from scipy import stats

from folklore.analysis.metrics import trends

TABLES = [
    [[1, 2, 3]],
    [[3, 1, 2], [1, 3, 2]],
    [[1, 1, 2], [2, 1, 1], [1, 2, 3]],
    [[1, 2, 2, 3], [4, 4, 4, 4]],
    [[1, 2], [2, 1], [1, 2]],
]


@pytest.mark.parametrize("row", [[1, 2, 3, 4], [4, 2, 2, 1], [1, 1, 1, 2, 0], [2, 2, 3]])
def test_tau_is_that_of_scipy(row):
    assert trends.taus(np.array([row]))[0] == pytest.approx(stats.kendalltau(range(len(row)), row).statistic)


def test_equal_values_show_no_trend():
    assert trends.taus(np.ones((2, 5))).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("table", TABLES)
def test_p_counts_the_shuffles_that_are_as_well_ordered(table):
    def wrong(rows):
        return sum(row[i] > row[j] for row in rows for i in range(len(row)) for j in range(i + 1, len(row)))

    shuffles = list(product(*(permutations(row) for row in table)))
    one_sided = np.mean([wrong(rows) <= wrong(table) for rows in shuffles])

    assert trends.order_p(np.array(table), rising=True) == pytest.approx(min(1.0, 2 * one_sided))


def test_falling_rows_mirror_rising_ones():
    table = np.array([[1, 2, 4, 3], [1, 3, 2, 4]])

    assert trends.order_p(-table, rising=False) == pytest.approx(trends.order_p(table, rising=True))


def test_rounding_makes_no_order():
    table = trends.without_rounding(np.array([[0.3, 0.1 + 0.2], [0.8 - 0.7, 0.1]]))

    assert trends.taus(table).tolist() == [0.0, 0.0]


def test_two_rates_in_three_seeds_need_three_more():
    assert trends.more_seeds(np.array([[1, 2]] * 3), rising=True) == 3


def test_no_order_gets_no_number_of_seeds():
    assert trends.more_seeds(np.array([[1, 2], [2, 1]]), rising=True) is None
