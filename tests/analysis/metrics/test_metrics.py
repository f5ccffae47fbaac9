import math

import numpy as np
import pandas as pd
import pytest
from study_runs import evidence_with, evidence_with_curves, facts_of

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.compute import metric_values, seeds_never_reached
from folklore.execution.errors import UserError
from folklore.schema.metric import Metric

LOSS = [2.0, 1.0, 0.5, 0.8, 0.9]
ACCURACY = [0.2, 0.5, 0.8, 0.7, 0.6]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ({"name": "final", "of": "train_loss"}, 0.9),
        ({"name": "at_epoch", "of": "train_loss", "epoch": 2}, 1.0),
        ({"name": "minimum", "of": "train_loss"}, 0.5),
        ({"name": "maximum", "of": "train_loss"}, 2.0),
        ({"name": "mean", "of": "train_loss"}, 1.04),
        ({"name": "mean", "of": "train_loss", "last": 2}, 0.85),
        ({"name": "drop_from_max", "of": "train_loss"}, 1.1),
        ({"name": "rise_from_min", "of": "train_loss"}, 0.4),
        ({"name": "roughness", "of": "train_loss", "last": 3}, np.std([0.3, 0.1], ddof=1)),
        ({"name": "roughness", "of": "train_loss"}, np.std([-1.0, -0.5, 0.3, 0.1], ddof=1)),
        ({"name": "roughness", "of": "train_loss", "last": 20}, np.std([-1.0, -0.5, 0.3, 0.1], ddof=1)),
        ({"name": "abs_slope", "of": "train_loss"}, abs(np.polyfit(range(5), LOSS, 1)[0])),
        ({"name": "abs_slope", "of": "train_loss", "last": 2}, 0.1),
        ({"name": "std", "of": "train_loss", "last": 2}, np.std([0.8, 0.9], ddof=1)),
        ({"name": "ratio", "of": "train_loss"}, 0.45),
        ({"name": "first_epoch_above", "of": "train_loss", "level": 1.0}, 1),
        ({"name": "minimum", "of": "train_loss", "last": 2}, 0.8),
        ({"name": "maximum", "of": "train_loss", "run_fraction": [0.2, 0.6]}, 1.0),
        ({"name": "range", "of": "train_loss"}, 1.5),
        ({"name": "range", "of": "train_loss", "run_fraction": [0.4, 1]}, 0.4),
        ({"name": "n_increases", "of": "train_loss"}, 2),
        ({"name": "n_increases", "of": "train_loss", "run_fraction": [0, 0.6]}, 0),
        ({"name": "relative_roughness", "of": "train_loss", "last": 3}, np.std([0.3, 0.1], ddof=1) / 1.5),
        ({"name": "slope", "of": "train_loss"}, np.polyfit(range(5), LOSS, 1)[0]),
        ({"name": "kendall_tau", "of": "train_loss"}, -0.4),
        ({"name": "kendall_tau", "of": "train_loss", "last": 3}, 1),
        ({"name": "at_train_loss", "of": "train_loss", "loss": 0.99}, 0.5),
        ({"name": "convergence_epoch", "of": "train_loss", "within": 0.1001}, 2),
        ({"name": "convergence_epoch", "of": "train_loss", "within": 0.05}, 5),
        ({"name": "epoch_of_max", "of": "train_loss"}, 1),
        ({"name": "final", "of": "train_loss", "minus": {"name": "minimum", "of": "train_loss"}}, 0.4),
        ({"name": "parameters", "minus": {"name": "maximum", "of": "train_loss", "minus": "parameters"}}, 18),
    ],
)
def test_a_number_is_read_off_a_curve(metric, expected):
    evidence = evidence_with_curves("train_loss", {"a": [LOSS]})

    assert metric_values(Metric.model_validate(metric), "a", evidence) == {1: pytest.approx(expected)}


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [([0.25, 0.5], 2, 2), ([0, 0.1], 1, 1), ([0.9, 1], 4, 4), ([0.6, 0.7], 3, 3), ([0, 1], 1, 4)],
)
def test_a_span_holds_the_epochs_up_to_its_end_and_one_at_least(span, first, last):
    evidence = evidence_with_curves("lr", {"a": [[1.0, 2.0, 3.0, 4.0]]})
    lowest, highest = (
        metric_values(Metric(name=name, of="lr", run_fraction=span), "a", evidence)[1]
        for name in ("minimum", "maximum")
    )

    assert (lowest, highest) == (first, last)


def test_a_share_that_is_a_whole_number_of_epochs_is_not_rounded_away():
    evidence = evidence_with_curves("lr", {"a": [list(range(1, 101))]})

    assert metric_values(Metric(name="maximum", of="lr", run_fraction=(0, 0.29)), "a", evidence) == {1: 29}


def timed(**curves):
    """One run of four epochs of 10 updates and 2 seconds each."""
    columns = {"epoch": [1, 2, 3, 4], "updates": [10, 20, 30, 40], "seconds": [2.0, 4.0, 6.0, 8.0]} | curves
    runs = pd.DataFrame([{"variant": "a", "seed": 1, "status": "finished"}])
    return Evidence(runs, pd.DataFrame(columns).assign(variant="a", seed=1), {"a": facts_of()})


@pytest.mark.parametrize(("clock", "time", "never"), [("epochs", 3, 5), ("updates", 30, 50), ("seconds", 6, 10)])
def test_a_time_is_told_by_the_clock_and_what_never_comes_is_one_epoch_late(clock, time, never):
    evidence = timed(train_accuracy=[0.1, 0.5, 0.9, 0.8])
    reached, missed = (Metric(name="epochs_to_accuracy", level=level, time_unit=clock) for level in (0.9, 1.0))

    assert metric_values(reached, "a", evidence) == {1: time}
    assert metric_values(Metric(name="epoch_of_max", of="train_accuracy", time_unit=clock), "a", evidence) == {1: time}
    assert metric_values(missed, "a", evidence) == {1: never}
    assert [seeds_never_reached(metric, "a", evidence) for metric in (reached, missed)] == [set(), {1}]


def test_without_its_clock_a_time_is_no_number():
    evidence = timed(train_accuracy=[0.1, 0.5, 0.9, 0.8], seconds=[np.nan] * 4)

    assert math.isnan(
        metric_values(Metric(name="epochs_to_accuracy", level=0.5, time_unit="seconds"), "a", evidence)[1]
    )


def test_a_level_that_is_never_reached_is_counted_in_what_is_subtracted_too():
    evidence = timed(train_accuracy=[0.1, 0.5, 0.9, 0.8])
    metric = Metric(name="epochs_to_accuracy", level=0.5, minus=Metric(name="epochs_to_accuracy", level=1.0))

    assert metric_values(metric, "a", evidence) == {1: -3}
    assert seeds_never_reached(metric, "a", evidence) == {1}


def test_a_training_loss_that_is_never_reached_gives_no_number():
    evidence = timed(train_loss=[2.0, 1.0, 0.5, 0.6], validation_loss=[2.1, 1.2, 0.9, 0.8])

    assert metric_values(Metric(name="at_train_loss", of="validation_loss", loss=0.55), "a", evidence) == {1: 0.9}
    assert math.isnan(metric_values(Metric(name="at_train_loss", of="validation_loss", loss=0.4), "a", evidence)[1])


def test_a_level_is_first_reached_with_equality_and_passed_without():
    evidence = evidence_with_curves("train_accuracy", {"a": [ACCURACY]})

    assert metric_values(Metric(name="epochs_to_accuracy", level=0.5), "a", evidence) == {1: 2}
    assert metric_values(Metric(name="first_epoch_above", of="train_accuracy", level=0.5), "a", evidence) == {1: 3}


def test_a_level_never_reached_counts_as_one_epoch_more():
    evidence = evidence_with_curves("train_accuracy", {"a": [ACCURACY, [0.9, 1.0]]})
    metric = Metric(name="epochs_to_accuracy", level=0.9)

    assert metric_values(metric, "a", evidence) == {1: 6, 2: 1}
    assert seeds_never_reached(metric, "a", evidence) == {1}


def test_over_fitting_is_read_off_the_validation_loss():
    evidence = evidence_with_curves("validation_loss", {"a": [LOSS]})

    assert metric_values(Metric(name="best_epoch"), "a", evidence) == {1: 3}
    assert metric_values(Metric(name="rise_from_min", of="validation_loss"), "a", evidence) == {1: pytest.approx(0.4)}


@pytest.mark.parametrize(
    "metric",
    [
        {"name": "at_epoch", "of": "train_loss", "epoch": 9},
        {"name": "final", "of": "update_norm"},
        {"name": "roughness", "of": "train_loss", "last": 2},
    ],
)
def test_what_a_run_does_not_have_is_not_a_number(metric):
    evidence = evidence_with_curves("train_loss", {"a": [LOSS]})

    assert math.isnan(metric_values(Metric.model_validate(metric), "a", evidence)[1])


def test_a_run_that_diverged_has_no_number_and_is_not_left_out():
    found = metric_values(Metric(name="test_loss"), "a", evidence_with("test_loss", {"a": [0.5, None]}))

    assert list(found) == [1, 2]
    assert found[1] == 0.5
    assert math.isnan(found[2])


def test_a_variant_that_was_not_run_has_no_seeds():
    assert metric_values(Metric(name="test_loss"), "b", evidence_with("test_loss", {"a": [0.5]})) == {}


def test_scores_are_taken_at_the_checkpoint_asked_for():
    row = {"variant": "a", "seed": 3, "status": "finished", "test_loss.last": 0.9, "test_loss.best": 0.4}
    evidence = Evidence(pd.DataFrame([row]), pd.DataFrame(columns=["variant", "seed"]), {})

    assert metric_values(Metric(name="test_loss"), "a", evidence) == {3: 0.9}
    assert metric_values(Metric(name="test_loss", checkpoint="best"), "a", evidence) == {3: 0.4}


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ({"name": "scheduled_lr", "epoch": 2}, 0.05),
        ({"name": "class_ratio", "split": "validation"}, 1.25),
        ({"name": "prior_cross_entropy", "split": "train"}, 1.5 * math.log(2)),
        ({"name": "prior_cross_entropy", "split": "test"}, 1.25 * math.log(2)),
        ({"name": "majority_class_accuracy", "split": "train"}, 0.5),
        ({"name": "majority_class_accuracy", "split": "validation"}, 100 / 270),
        ({"name": "n_examples", "split": "validation"}, 270),
        ({"name": "class_distance"}, 1.5),
        ({"name": "max_abs_channel_mean"}, 0.3),
        ({"name": "max_abs_channel_std_error"}, 0.5),
        ({"name": "n_weights", "tensor": "fc1.weight"}, 65536),
    ],
)
def test_what_needs_no_training_comes_from_the_facts(metric, expected):
    facts = facts_of(
        lr=[0.1, 0.05],
        split={"counts": {"train": [2, 1, 1], "validation": [100, 80, 90], "test": [3, 1, 0]}},
        class_distance=1.5,
        inputs={"mean": [-0.3, 0.1], "sd": [0.5, 1.2]},
        weights={"fc1.weight": 65536, "fc1.bias": 64},
    )
    evidence = evidence_with("test_loss", {"a": [0.5, None]}, a=facts)

    assert metric_values(Metric.model_validate(metric), "a", evidence) == pytest.approx({1: expected, 2: expected})


def test_a_class_that_training_never_saw_has_no_prior():
    facts = facts_of(split={"counts": {"train": [2, 0], "test": [1, 1]}})
    evidence = evidence_with("test_loss", {"a": [1.0]}, a=facts)

    assert math.isnan(metric_values(Metric(name="prior_cross_entropy", split="test"), "a", evidence)[1])


def test_facts_from_before_the_distance_of_classes_was_known_have_none():
    found = metric_values(Metric(name="class_distance"), "a", evidence_with("test_loss", {"a": [1.0]}))

    assert math.isnan(found[1])


def test_seconds_an_epoch_are_a_cost_of_the_run():
    row = {"variant": "a", "seed": 1, "status": "finished", "seconds_per_epoch": 0.25}
    evidence = Evidence(pd.DataFrame([row]), pd.DataFrame(columns=["variant", "seed"]), {})

    assert metric_values(Metric(name="seconds_per_epoch"), "a", evidence) == {1: 0.25}


def test_a_tensor_that_does_not_exist_is_named_with_those_that_do():
    evidence = evidence_with("test_loss", {"a": [0.5]}, a=facts_of(weights={"fc1.weight": 3}))

    with pytest.raises(UserError, match=r"fc9.*fc1\.weight"):
        metric_values(Metric(name="n_weights", tensor="fc9"), "a", evidence)
