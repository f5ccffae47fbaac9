import numpy as np
import pytest
from scipy import stats

from folklore.analysis import intervals


def test_the_interval_is_students():
    mean, low, high = intervals.mean_interval(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))

    assert mean == 3.0
    assert (low, high) == pytest.approx((3 - 2.776445 * np.sqrt(0.5), 3 + 2.776445 * np.sqrt(0.5)))


def test_one_value_has_no_interval():
    mean, low, high = intervals.mean_interval(np.array([0.7]))

    assert mean == 0.7
    assert np.isnan([low, high]).all()


def test_p_is_that_of_the_t_test():
    values = np.array([0.1, 0.4, 0.3, 0.9, 0.2])

    assert intervals.p_value(values, 0.1) == pytest.approx(stats.ttest_1samp(values, 0.1).pvalue)


@pytest.mark.parametrize(("seeds", "p"), [(2, 1 / 2), (5, 1 / 16), (6, 1 / 32)])
def test_identical_values_have_the_p_of_their_signs(seeds, p):
    assert intervals.p_value(np.full(seeds, 0.3) + 1e-17, 0.1) == p


def test_identical_values_at_the_bound_say_nothing():
    assert intervals.p_value(np.full(8, 0.1 + 0.2), 0.3) == 1.0


def test_sign_flips_are_counted_one_by_one():
    # Of the eight sign patterns of 1, 2, 4, only all + and all − sum to 7 or more in size.
    assert intervals.sign_flip_p(np.array([1.0, 2.0, 4.0]), np.random.default_rng(0)) == 2 / 8


def test_sign_flips_of_many_seeds_agree_with_the_exact_test_and_repeat():
    values = np.random.default_rng(1).normal(0.35, 1, 21)
    exact = stats.permutation_test(
        (values,), np.mean, permutation_type="samples", n_resamples=50_000, rng=np.random.default_rng(2)
    ).pvalue

    drawn = [intervals.sign_flip_p(values, np.random.default_rng(seed)) for seed in (3, 3)]

    assert drawn[0] == drawn[1]
    assert drawn[0] == pytest.approx(exact, abs=0.01)


def test_differences_that_are_rounding_are_none():
    assert intervals.paired_differences(np.array([0.1 + 0.2, 2.0]), np.array([0.3, 1.0])).tolist() == [0.0, 1.0]


def test_so_many_more_seeds_just_settle_it():
    values = np.array([0.0, 1.0, 2.0])  # mean 1, SD 1: t·1/√n < 1 first holds with 7 seeds

    assert intervals.more_seeds(values, 0.0) == 4
    assert stats.t.ppf(0.975, 6) / np.sqrt(7) < 1 < stats.t.ppf(0.975, 5) / np.sqrt(6)


def test_three_identical_differences_need_three_more():
    assert intervals.more_seeds(np.full(3, 0.5), 0.0) == 3


@pytest.mark.parametrize("values", [[-1.0, 1.0], [0.0, 0.0, 0.0], [0.5], [-1.0, 1.001, 1.0, -1.0]])
def test_hopeless_cases_get_no_number_of_seeds(values):
    assert intervals.more_seeds(np.array(values), 0.0) is None


def test_holm_multiplies_the_smallest_most_and_keeps_the_order():
    adjusted = intervals.holm(np.array([0.01, 0.04, 0.03, 0.005]))

    assert adjusted == pytest.approx([0.03, 0.06, 0.06, 0.02])
