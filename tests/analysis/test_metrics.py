import math

import numpy as np
import pandas as pd
import pytest
from study_runs import evidence_with, evidence_with_curves, facts_of

from folklore.analysis import metrics
from folklore.analysis.evidence import Evidence
from folklore.metric import Metric
from folklore.problems import UserError

LOSS = [2.0, 1.0, 0.5, 0.8, 0.9]
ACCURACY = [0.2, 0.5, 0.8, 0.7, 0.6]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ({"name": "final", "of": "train_loss"}, 0.9),
        ({"name": "at", "of": "train_loss", "epoch": 2}, 1.0),
        ({"name": "minimum", "of": "train_loss"}, 0.5),
        ({"name": "maximum", "of": "train_loss"}, 2.0),
        ({"name": "mean", "of": "train_loss"}, 1.04),
        ({"name": "mean", "of": "train_loss", "last": 2}, 0.85),
        ({"name": "decline", "of": "train_loss"}, 1.1),
        ({"name": "rise", "of": "train_loss"}, 0.4),
        ({"name": "rough", "of": "train_loss", "last": 3}, np.std([0.3, 0.1], ddof=1)),
        ({"name": "rough", "of": "train_loss"}, np.std([-1.0, -0.5, 0.3, 0.1], ddof=1)),
        ({"name": "rough", "of": "train_loss", "last": 20}, np.std([-1.0, -0.5, 0.3, 0.1], ddof=1)),
        ({"name": "slope", "of": "train_loss"}, abs(np.polyfit(range(5), LOSS, 1)[0])),
        ({"name": "slope", "of": "train_loss", "last": 2}, 0.1),
        ({"name": "spread", "of": "train_loss", "last": 2}, np.std([0.8, 0.9], ddof=1)),
        ({"name": "ratio", "of": "train_loss"}, 0.45),
        ({"name": "first_above", "of": "train_loss", "level": 1.0}, 1),
    ],
)
def test_a_number_is_read_off_a_curve(metric, expected):
    evidence = evidence_with_curves("train_loss", {"a": [LOSS]})

    assert metrics.values(Metric.model_validate(metric), "a", evidence) == {1: pytest.approx(expected)}


def test_a_level_is_first_reached_with_equality_and_passed_without():
    evidence = evidence_with_curves("train_accuracy", {"a": [ACCURACY]})

    assert metrics.values(Metric(name="t_p", level=0.5), "a", evidence) == {1: 2}
    assert metrics.values(Metric(name="first_above", of="train_accuracy", level=0.5), "a", evidence) == {1: 3}


def test_a_level_never_reached_counts_as_one_epoch_more():
    evidence = evidence_with_curves("train_accuracy", {"a": [ACCURACY, [0.9, 1.0]]})
    metric = Metric(name="t_p", level=0.9)

    assert metrics.values(metric, "a", evidence) == {1: 6, 2: 1}
    assert metrics.unreached(metric, "a", evidence) == 1


def test_over_fitting_is_read_off_the_validation_loss():
    evidence = evidence_with_curves("validation_loss", {"a": [LOSS]})

    assert metrics.values(Metric(name="epoch_min_val"), "a", evidence) == {1: 3}
    assert metrics.values(Metric(name="overfit_rise"), "a", evidence) == {1: pytest.approx(0.4)}


@pytest.mark.parametrize(
    "metric",
    [
        {"name": "at", "of": "train_loss", "epoch": 9},
        {"name": "final", "of": "displacement"},
        {"name": "rough", "of": "train_loss", "last": 2},
    ],
)
def test_what_a_run_does_not_have_is_not_a_number(metric):
    evidence = evidence_with_curves("train_loss", {"a": [LOSS]})

    assert math.isnan(metrics.values(Metric.model_validate(metric), "a", evidence)[1])


def test_a_run_that_diverged_has_no_number_and_is_not_left_out():
    found = metrics.values(Metric(name="test_loss"), "a", evidence_with("test_loss", {"a": [0.5, None]}))

    assert list(found) == [1, 2]
    assert found[1] == 0.5
    assert math.isnan(found[2])


def test_a_variant_that_was_not_run_has_no_seeds():
    assert metrics.values(Metric(name="test_loss"), "b", evidence_with("test_loss", {"a": [0.5]})) == {}


def test_scores_are_taken_at_the_checkpoint_asked_for():
    row = {"variant": "a", "seed": 3, "status": "finished", "test_loss.last": 0.9, "test_loss.best": 0.4}
    evidence = Evidence(pd.DataFrame([row]), pd.DataFrame(columns=["variant", "seed"]), {})

    assert metrics.values(Metric(name="test_loss"), "a", evidence) == {3: 0.9}
    assert metrics.values(Metric(name="test_loss", checkpoint="best"), "a", evidence) == {3: 0.4}


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ({"name": "scheduled_lr", "epoch": 2}, 0.05),
        ({"name": "class_ratio", "part": "validation"}, 1.25),
        ({"name": "input_mean"}, 0.3),
        ({"name": "input_sd"}, 0.5),
        ({"name": "weights", "tensor": "fc1.weight"}, 65536),
    ],
)
def test_what_needs_no_training_comes_from_the_facts(metric, expected):
    facts = facts_of(
        lr=[0.1, 0.05],
        split={"counts": {"validation": [100, 80, 90]}},
        inputs={"mean": [-0.3, 0.1], "sd": [0.5, 1.2]},
        weights={"fc1.weight": 65536, "fc1.bias": 64},
    )
    evidence = evidence_with("test_loss", {"a": [0.5, None]}, a=facts)

    assert metrics.values(Metric.model_validate(metric), "a", evidence) == {1: expected, 2: expected}


def test_a_tensor_that_does_not_exist_is_named_with_those_that_do():
    evidence = evidence_with("test_loss", {"a": [0.5]}, a=facts_of(weights={"fc1.weight": 3}))

    with pytest.raises(UserError, match=r"fc9.*fc1\.weight"):
        metrics.values(Metric(name="weights", tensor="fc9"), "a", evidence)
