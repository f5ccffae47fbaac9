"""Whether probabilities are what they say, and the temperature that makes logits as sure as they ought to be."""

import math

import numpy as np

from folklore.train.scores import cross_entropies, probabilities

_BINS = 15
_HOTTEST = 100.0  # temperatures from its inverse to itself
_HALVINGS = 25  # to the sixth digit


def calibration_error(logits: np.ndarray, labels: np.ndarray) -> float:
    """The expected calibration error of Guo et al. (2017): |accuracy − confidence| in equal bins of confidence, each
    weighted by its share of the examples. From logits [n, classes]."""
    chances = probabilities(logits)
    confidence, right = chances.max(axis=1), logits.argmax(axis=1) == labels
    place = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    excess = np.bincount(place, weights=right - confidence, minlength=_BINS)
    return float(np.abs(excess).sum() / len(labels))


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The number from 0.01 to 100 by which logits [n, classes] have to be divided for the smallest cross-entropy.

    Cross-entropy is convex in 1 / temperature, so halving the interval in which its slope changes sign finds the only
    minimum there is.
    """
    low, high = -math.log(_HOTTEST), math.log(_HOTTEST)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if _slope(logits * math.exp(middle), labels) > 0 else (middle, high)
    return math.exp(-(low + high) / 2)


def scaled_loss(logits: np.ndarray, labels: np.ndarray, hotness: float) -> float:
    """Mean cross-entropy of the logits divided by a temperature."""
    return float(cross_entropies(logits / hotness, labels).mean())


def _slope(logits: np.ndarray, labels: np.ndarray) -> float:
    """Of the cross-entropy, by the factor of all logits, times that factor."""
    expected = (probabilities(logits) * logits).sum(axis=1)
    return float((expected - logits[np.arange(len(labels)), labels]).mean())
