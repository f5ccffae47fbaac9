from typing import get_args

import pytest

from folklore.schema.metric import Choice, CostName, Derived, Fact, Metric, Score
from folklore.schema.snapshot import ProbeName, RecorderName, Series, Snapshot, Statistic
from folklore.wording.metrics import in_words, number, unit
from folklore.wording.snapshots import _MEASURES

SETTINGS = {"of": "train_loss", "epoch": 3, "level": 0.8, "part": "test", "tensor": "fc1.weight"}
SETTINGS |= {"loss": 0.5, "within": 0.01, "span": (0.25, 0.5), "yardstick": "test_macro_f1"}
PROFILE = Snapshot(of="gradients", moment="start", measure="norm", names="fc*")
SETTINGS |= {"profile": PROFILE, "to": Snapshot(of="gradients", moment="after_epoch", measure="mean", loss=0.5)}


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
        (
            {"name": "rough", "of": "validation_accuracy", "span": [0.75, 1], "minus": "test_accuracy"},
            "roughness of the validation accuracy over the last quarter of the run minus test accuracy after the last "
            "epoch",
        ),
        (
            {"name": "range", "of": "lr", "minus": {"name": "parameters", "minus": "seconds"}},
            "range of the learning rate minus (number of parameters minus training time)",
        ),
        (
            {"name": "first_above", "of": "gap_acc", "level": 0.2, "clock": "updates"},
            "updates until an accuracy gap above 0.2",
        ),
        ({"name": "t_p", "level": 0.8, "clock": "seconds"}, "seconds until a training accuracy of 0.8 or more"),
        ({"name": "epoch_of_highest", "of": "validation_accuracy"}, "epoch of the highest validation accuracy"),
        (
            {"name": "settled", "of": "train_loss", "within": 0.01},
            "first epoch with a training loss within 0.01 of its last value",
        ),
        (
            {"name": "maximum", "of": {"of": "units", "measure": "dead", "names": "fc*", "across": "largest"}},
            "highest largest share of dead units of fc*",
        ),
        (
            {"name": "rough", "of": {"of": "layers", "measure": "mean", "names": "validation/bn2"}},
            "roughness of the mean output of bn2 on the validation part",
        ),
        (
            {"name": "mean", "of": {"of": "updates", "measure": "sd", "moment": "updates"}, "last": 5},
            "mean standard deviation of the mini-batch losses in a window of updates over the last 5 windows",
        ),
        (
            {"name": "recorded", "profile": {"of": "calibration", "measure": "scaled_loss", "names": "best"}},
            "test loss at the validation part’s temperature at the lowest validation loss",
        ),
        (
            {"name": "recorded", "profile": {"of": "robustness", "measure": "accuracy", "names": "flip"}},
            "accuracy on mirrored test images",
        ),
        (
            {"name": "recorded_smallest", "profile": {"of": "flow", "moment": "start", "measure": "norm"}},
            "smallest norm of the loss’s gradient with respect to the activations on the probe batch before training",
        ),
        (
            {"name": "recorded_mean", "profile": {"of": "units", "measure": "rank", "above_zero": True}},
            "average effective rank over the number of units after the last epoch (exact zeros left out)",
        ),
        (
            {"name": "recorded", "profile": {"of": "weights", "moment": "start", "measure": "sd", "names": "fc1.bias"}},
            "standard deviation of the elements of fc1.bias before the first update",
        ),
        (
            {"name": "mcnemar_p", "profile": {"of": "answers", "measure": "right"}, "beside": "trees"},
            "p-value of McNemar’s test against trees",
        ),
        (
            {"name": "rank_agreement", "yardstick": "test_accuracy", "averaged": True},
            "rank correlation of the criterion, averaged over the other seeds, with the mean test accuracy",
        ),
    ],
)
def test_a_metric_reads_as_a_sentence_would_say_it(metric, words):
    assert in_words(Metric.model_validate(metric)) == words


GROUPS = (Score, CostName, Fact, Choice, Derived)


@pytest.mark.parametrize("of", ["lr", Series(of="units", measure="dead"), Series(of="updates", measure="sd")])
@pytest.mark.parametrize("name", [name for group in GROUPS for name in get_args(group)])
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
    assert in_words(Metric(name="mean", of="train_loss", span=span)) == f"mean training loss {words}"


def test_a_time_has_the_unit_of_its_clock_and_a_slope_that_of_its_steps():
    assert unit(Metric(name="t_p", level=0.8)) == " epochs"
    assert unit(Metric(name="t_p", level=0.8, clock="seconds")) == " s"
    assert unit(Metric(name="incline", of="lr")) == " an epoch"
    windows = Series(of="updates", measure="mean", moment="updates")
    assert unit(Metric(name="incline", of=windows)) == " a window"
    assert unit(Metric(name="settled", of=windows, within=0.1)) == " windows"


def test_every_recorder_and_probe_has_words_for_what_it_measures():
    told = {(of, measure) for of, measures in _MEASURES.items() for measure in measures}

    assert {of for of, _ in told} == {*get_args(RecorderName), *get_args(ProbeName)}
    assert {measure for _, measure in told} == set(get_args(Statistic))


def test_numbers_have_four_digits_and_a_true_minus_sign():
    assert [number(value) for value in (-0.123456, 89834.0, 0.5)] == ["−0.1235", "89,834", "0.5"]
