"""Calibration against planted truth: labels drawn from known probabilities, and logits made too large on purpose."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import softmax

from folklore.train.calibration import calibration_error, scaled_loss, temperature


@pytest.fixture
def honest():
    """(logits, labels) whose probabilities are true."""
    rng = np.random.default_rng(0)
    logits = rng.normal(scale=2, size=(20_000, 4)).astype(np.float32)
    chances = softmax(logits, axis=1).cumsum(axis=1)
    return logits, (rng.random((20_000, 1)) > chances).sum(axis=1).clip(max=3)


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_the_temperature_is_the_factor_by_which_logits_are_too_large(honest, factor):
    logits, labels = honest
    found = temperature(factor * logits, labels)
    assert found == pytest.approx(factor, rel=0.05)
    best = minimize_scalar(lambda t: scaled_loss(factor * logits, labels, t), bounds=(0.1, 10), method="bounded")
    assert found == pytest.approx(best.x, rel=1e-3)


def test_true_probabilities_are_calibrated_and_exaggerated_ones_are_not(honest):
    logits, labels = honest
    assert calibration_error(logits, labels) < 0.02
    assert calibration_error(3 * logits, labels) > 0.1


def test_the_error_is_confidence_less_accuracy_in_each_bin():
    """Two examples of confidence 0.9, one of which is right, and two of 0.6, both right: 0.4 / 2 + 0.4 / 2."""
    logits = np.log(np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.6, 0.4]]))
    assert calibration_error(logits, np.array([0, 1, 0, 0])) == pytest.approx(0.4)


def test_a_temperature_stays_within_its_bounds_where_nothing_is_wrong():
    logits = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert temperature(logits, np.array([0, 1])) == pytest.approx(0.01)
    assert temperature(logits, np.array([1, 0])) == pytest.approx(100)
