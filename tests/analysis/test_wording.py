from typing import get_args

import pytest

from folklore.analysis.wording import in_words, number
from folklore.metric import Cost, Derived, Metric, Score
from folklore.profile import Profile

SETTINGS = {"of": "train_loss", "epoch": 3, "level": 0.8, "part": "test", "tensor": "fc1.weight"}
PROFILE = Profile(of="gradients", moment="start", measure="norm", names="fc*")
SETTINGS |= {"profile": PROFILE, "to": Profile(of="gradients", moment="after_epoch", measure="mean", loss=0.5)}


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        ("test_accuracy", "test accuracy after the last epoch"),
        ({"name": "test_loss", "checkpoint": "best"}, "test loss at the lowest validation loss"),
        ({"name": "rough", "of": "train_loss", "last": 20}, "roughness of the training loss over the last 20 epochs"),
        ({"name": "t_p", "level": 0.8}, "first epoch with a training accuracy of 0.8 or more"),
        ("gap_acc", "accuracy gap after the last epoch"),
        ({"name": "test_loss", "checkpoint": "initial"}, "test loss before the first update"),
        (
            {"name": "profile_order", "profile": PROFILE, "beside": "baseline"},
            "order along depth (Kendall’s τ from input to output) of the norm of the gradient of fc* on the probe "
            "batch before training, relative to that of baseline",
        ),
        (
            {"name": "profile_rise", "profile": PROFILE, "to": SETTINGS["to"]},
            "rise in order of magnitude (log₁₀, mean over tensors) from the norm of the gradient of fc* on the probe "
            "batch before training to the mean |gradient| on the probe batch at a training loss of 0.5",
        ),
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
