"""What is said of a recipe without training it."""

import numpy as np
import pytest

from folklore.train.description import class_distance, describe_data


def test_classes_are_as_far_apart_as_their_inputs_are():
    """Two pairs of points 2 apart; from pair to pair it is 3 twice, and √13 twice."""
    inputs = np.array([[0, 0], [2, 0], [0, 3], [2, 3]], dtype=np.float32)
    assert class_distance(inputs, np.array([0, 0, 1, 1])) == pytest.approx((3 + 13**0.5) / 2 - 2)
    assert class_distance(inputs, np.array([0, 0, 0, 0])) is None


def test_the_distance_of_classes_is_that_of_scaled_inputs(clouds):
    facts = describe_data(clouds)
    inputs, labels = clouds.flat("train"), clouds.labels["train"]
    distances = np.linalg.norm(inputs[:, None] - inputs[None], axis=-1)
    same = labels[:, None] == labels[None]
    itself = np.eye(len(labels), dtype=bool)
    expected = distances[~same].mean() - distances[same & ~itself].mean()
    assert facts["class_distance"] == pytest.approx(expected, rel=1e-5)
