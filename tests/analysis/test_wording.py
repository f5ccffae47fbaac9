from typing import get_args

import pytest

from folklore.analysis.wording import in_words, number
from folklore.metric import Cost, Derived, Metric, Score

SETTINGS = {"of": "train_loss", "epoch": 3, "level": 0.8, "part": "test", "tensor": "fc1.weight"}


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        ("test_accuracy", "test accuracy after the last epoch"),
        ({"name": "test_loss", "checkpoint": "best"}, "test loss at the lowest validation loss"),
        ({"name": "rough", "of": "train_loss", "last": 20}, "roughness of the training loss over the last 20 epochs"),
        ({"name": "t_p", "level": 0.8}, "first epoch with a training accuracy of 0.8 or more"),
        ("gap_acc", "accuracy gap after the last epoch"),
    ],
)
def test_a_metric_reads_as_a_sentence_would_say_it(metric, words):
    assert in_words(Metric.model_validate(metric)) == words


@pytest.mark.parametrize("name", [name for group in (Score, Cost, Derived) for name in get_args(group)])
def test_every_metric_has_words(name):
    words = in_words(Metric.model_construct(name=name, checkpoint="last", **SETTINGS))

    assert words
    assert "_" not in words


def test_numbers_have_four_digits_and_a_true_minus_sign():
    assert [number(value) for value in (-0.123456, 89834.0, 0.5)] == ["−0.1235", "89,834", "0.5"]
