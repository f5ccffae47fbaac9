from typing import get_args

import pytest

from folklore.schema.metric import Metric, Score
from folklore.schema.metric_kinds import METRIC_KINDS
from folklore.schema.snapshot import Series, Snapshot
from folklore.wording.metrics import in_words, unit
from folklore.wording.numbers import number

SETTINGS = {"of": "train_loss", "epoch": 3, "level": 0.8, "split": "test", "tensor": "fc1.weight"}
SETTINGS |= {"loss": 0.5, "within": 0.01, "run_fraction": (0.25, 0.5), "target_score": "test_macro_f1"}
PROFILE = Snapshot(recorder="gradients", time_point="start", statistic="norm", names="fc*")
SETTINGS |= {
    "snapshot": PROFILE,
    "to": Snapshot(recorder="gradients", time_point="after_epoch", statistic="mean", loss=0.5),
}


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        ("test_accuracy", "test accuracy after the last epoch"),
        ({"name": "test_loss", "checkpoint": "best"}, "test loss at the lowest validation loss"),
        (
            {"name": "roughness", "of": "train_loss", "last": 20},
            "roughness of the training loss over the last 20 epochs",
        ),
        ({"name": "epochs_to_accuracy", "level": 0.8}, "first epoch with a training accuracy of 0.8 or more"),
        ("accuracy_gap", "accuracy gap after the last epoch"),
        ({"name": "test_loss", "checkpoint": "initial"}, "test loss before the first update"),
        (
            {"name": "depth_kendall_tau", "snapshot": PROFILE, "other_variant": "baseline"},
            "Kendall’s τ with depth of the norm of the gradient of fc* on the probe batch before training, relative to "
            "that of baseline",
        ),
        (
            {"name": "log10_change", "snapshot": PROFILE, "to": SETTINGS["to"]},
            "change in mean log₁₀ over tensors from the norm of the gradient of fc* on the probe batch before training "
            "to the mean |gradient| on the probe batch at a training loss of 0.5",
        ),
        (
            {"name": "roughness", "of": "validation_accuracy", "run_fraction": [0.75, 1], "minus": "test_accuracy"},
            "roughness of the validation accuracy over the last quarter of the run minus test accuracy after the last "
            "epoch",
        ),
        (
            {"name": "range", "of": "lr", "minus": {"name": "parameters", "minus": "seconds"}},
            "range of the learning rate minus (number of parameters minus training time)",
        ),
        (
            {"name": "first_epoch_above", "of": "accuracy_gap", "level": 0.2, "time_unit": "updates"},
            "updates until an accuracy gap above 0.2",
        ),
        (
            {"name": "epochs_to_accuracy", "level": 0.8, "time_unit": "seconds"},
            "seconds until a training accuracy of 0.8 or more",
        ),
        ({"name": "epoch_of_max", "of": "validation_accuracy"}, "epoch of the highest validation accuracy"),
        (
            {"name": "convergence_epoch", "of": "train_loss", "within": 0.01},
            "first epoch with a training loss within 0.01 of its last value",
        ),
        (
            {"name": "maximum", "of": {"recorder": "units", "statistic": "dead", "names": "fc*", "across": "max"}},
            "highest largest share of dead units of fc*",
        ),
        (
            {"name": "roughness", "of": {"recorder": "layer_outputs", "statistic": "mean", "names": "validation/bn2"}},
            "roughness of the mean output of bn2 on the validation set",
        ),
        (
            {"name": "mean", "of": {"recorder": "loss_noise", "statistic": "sd", "time_point": "updates"}, "last": 5},
            "mean standard deviation of the mini-batch losses in a window of updates over the last 5 windows",
        ),
        (
            {"name": "recorded_max", "snapshot": {"probe": "calibration", "statistic": "scaled_loss", "names": "best"}},
            "test loss at the validation set’s temperature at the lowest validation loss",
        ),
        (
            {"name": "recorded_max", "snapshot": {"probe": "robustness", "statistic": "accuracy", "names": "flip"}},
            "accuracy on horizontally flipped test images",
        ),
        (
            {
                "name": "recorded_min",
                "snapshot": {"recorder": "activation_gradients", "time_point": "start", "statistic": "norm"},
            },
            "smallest norm of the loss’s gradient with respect to the activations on the probe batch before training",
        ),
        (
            {"name": "recorded_mean", "snapshot": {"recorder": "units", "statistic": "rank", "above_zero": True}},
            "average effective rank over the number of units after the last epoch (exact zeros left out)",
        ),
        (
            {
                "name": "recorded_max",
                "snapshot": {"recorder": "weights", "time_point": "start", "statistic": "sd", "names": "fc1.bias"},
            },
            "standard deviation of the elements of fc1.bias before the first update",
        ),
        (
            {
                "name": "mcnemar_p",
                "snapshot": {"probe": "correctness", "statistic": "correct"},
                "other_variant": "trees",
            },
            "p-value of McNemar’s test against trees",
        ),
        (
            {"name": "rank_agreement", "target_score": "test_accuracy", "averaged": True},
            "rank correlation of the criterion, averaged over the other seeds, with the mean test accuracy",
        ),
    ],
)
def test_a_metric_reads_as_a_sentence_would_say_it(metric, words):
    assert in_words(Metric.model_validate(metric)) == words


@pytest.mark.parametrize(
    "of", ["lr", Series(recorder="units", statistic="dead"), Series(recorder="loss_noise", statistic="sd")]
)
@pytest.mark.parametrize("name", [*get_args(Score), *METRIC_KINDS])
def test_every_metric_has_words(name, of):
    metric = Metric.model_construct(name=name, checkpoint="last", **SETTINGS | {"of": of})

    for words in (in_words(metric), unit(metric)):
        assert not set("_{}") & set(words)
        assert "  " not in words
        assert "None" not in words
    assert in_words(metric)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ([0.75, 1], "over the last quarter of the run"),
        ([0, 0.1], "over the first tenth of the run"),
        ([0.7, 1], "over the last 30 % of the run"),
        ([0, 0.29], "over the first 29 % of the run"),
        ([0.25, 0.5], "from 25 % to 50 % of the run"),
        ([0, 1], "over the whole run"),
    ],
)
def test_a_span_is_told_as_a_part_of_the_run(span, words):
    assert in_words(Metric(name="mean", of="train_loss", run_fraction=span)) == f"mean training loss {words}"


def test_a_time_has_the_time_unit_of_its_metric_and_a_slope_that_of_its_steps():
    assert unit(Metric(name="epochs_to_accuracy", level=0.8)) == " epochs"
    assert unit(Metric(name="epochs_to_accuracy", level=0.8, time_unit="seconds")) == " s"
    assert unit(Metric(name="slope", of="lr")) == " per epoch"
    windows = Series(recorder="loss_noise", statistic="mean", time_point="updates")
    assert unit(Metric(name="slope", of=windows)) == " per window"
    assert unit(Metric(name="convergence_epoch", of=windows, within=0.1)) == " windows"


def test_numbers_have_four_digits_and_a_true_minus_sign():
    assert [number(value) for value in (-0.123456, 89834.0, 0.5)] == ["−0.1235", "89,834", "0.5"]
