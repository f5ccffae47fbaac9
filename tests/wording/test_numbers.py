import pytest

from folklore.wording import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), (1e-05, "10⁻⁵"), (2.5e-07, "2.5 × 10⁻⁷"), (45000, "45,000"), (True, "yes"), ((16, 32), "16, 32")],
)
def test_a_chosen_value_is_written_as_it_was_chosen(value, text):
    assert numbers.setting(value) == text


def test_an_interval_has_as_many_decimals_everywhere_and_a_true_minus():
    assert numbers.interval(0.0123, -0.0004, 0.0251) == "0.0123 [−0.0004, 0.0251]"


def test_an_effect_without_interval_stands_alone_and_nothing_is_a_dash():
    assert numbers.interval(0.5, None, None) == "0.500"
    assert numbers.interval(None, None, None) == "–"


def test_a_mean_has_the_digits_of_its_uncertainty():
    assert numbers.estimate(0.81234, 0.0123) == "0.812 ± 0.012"
    assert numbers.estimate(12.3456, 1.21) == "12.3 ± 1.2"


def test_a_tiny_number_is_told_by_a_power_of_ten_and_not_by_zeros():
    assert numbers.measured(7.04e-14) == "7.04 × 10⁻¹⁴"
    assert numbers.interval(1.849e-06, -9.82e-07, 4.68e-06) == "(1.85 [−0.98, 4.68]) × 10⁻⁶"
    assert numbers.estimate(7e-05, 1.2e-05) == "(7.0 ± 1.2) × 10⁻⁵"
    assert numbers.measured(0.0) == "0"


def test_a_huge_number_is_told_by_a_power_of_ten_and_not_by_all_its_digits():
    assert numbers.measured(3.21e10) == "3.21 × 10¹⁰"
    assert numbers.estimate(3.2e10, 1.2e10) == "(3.2 ± 1.2) × 10¹⁰"
    assert numbers.measured(106_897.0) == "106,897"


def test_zero_has_no_sign():
    assert numbers.setting(-0.0) == "0"
    assert numbers.together(-0.00001, 1.0)[0] == "0.00"
