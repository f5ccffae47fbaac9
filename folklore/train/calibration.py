"""Calibration: expected calibration error, and temperature scaling of logits."""

import math

import numpy as np

from folklore.train.scores import cross_entropies, probabilities

_BINS = 15
_HIGHEST = 100.0  # temperature; the lowest is its inverse
_HALVINGS = 25  # gives six digits


def calibration_error(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the expected calibration error of logits [n, classes], after Guo et al. (2017).

    It is |accuracy − confidence| in equal bins of confidence, each weighted by its share of the examples.
    """
    confidence, correct = probabilities(logits).max(axis=1), logits.argmax(axis=1) == labels
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    excess = np.bincount(bins, weights=correct - confidence, minlength=_BINS)
    return float(np.abs(excess).sum() / len(labels))


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the temperature from 0.01 to 100 that minimises the cross-entropy of logits [n, classes] divided by it.

    Cross-entropy is convex in 1 / temperature, so bisection of its slope finds the minimum.
    """
    low, high = -math.log(_HIGHEST), math.log(_HIGHEST)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if _slope(logits * math.exp(middle), labels) > 0 else (middle, high)
    return math.exp(-(low + high) / 2)


def scaled_loss(logits: np.ndarray, labels: np.ndarray, by: float) -> float:
    """Return the mean cross-entropy of the logits divided by a temperature."""
    return float(cross_entropies(logits / by, labels).mean())


def _slope(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the derivative of the cross-entropy with respect to a factor of all logits, times that factor."""
    expected = (probabilities(logits) * logits).sum(axis=1)
    return float((expected - logits[np.arange(len(labels)), labels]).mean())
