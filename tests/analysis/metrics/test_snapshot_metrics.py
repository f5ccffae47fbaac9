"""Numbers read off profiles: a value a tensor, from the input to the output."""

import math

import pandas as pd
import pytest
from study_runs import evidence_with_curves

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.compute import metric_values
from folklore.schema.metric import Metric

START = {"recorder": "gradients", "time_point": "start", "statistic": "mean", "names": "*.weight"}
END = START | {"time_point": "end"}


def evidence_of(**runs):
    """Variant → moment (or epoch) → the values of three weights and one bias; one seed."""
    planted = evidence_with_curves("train_loss", {name: [[2.0, 1.0, 0.5]] for name in runs})
    rows = [
        {
            "variant": variant,
            "seed": 1,
            "recorder": "gradients",
            "time_point": moment if isinstance(moment, str) else "after_epoch",
            "epoch": None if isinstance(moment, str) else moment,
            "name": name,
            "statistic": "mean",
            "value": value,
        }
        for variant, moments in runs.items()
        for moment, values in moments.items()
        for name, value in zip(("conv1.weight", "conv1.bias", "fc1.weight", "fc2.weight"), values, strict=True)
    ]
    return Evidence(planted.runs, planted.curves, planted.facts, pd.DataFrame(rows))


def read(evidence, variant="a", **metric):
    return metric_values(Metric.model_validate(metric), variant, evidence)[1]


RISING = {"start": [0.01, 9.0, 0.1, 1.0], "end": [1.0, 9.0, 0.1, 0.01]}


def test_the_level_is_the_mean_order_of_magnitude_of_the_named_tensors():
    evidence = evidence_of(a=RISING)
    assert read(evidence, name="log10_mean", snapshot=START) == pytest.approx(-1.0)
    assert read(evidence, name="log10_mean", snapshot=START | {"names": "conv1.weight"}) == pytest.approx(-2.0)
    assert read(evidence, name="recorded_max", snapshot=START | {"names": "*"}) == 9.0


def test_the_mean_over_tensors_and_the_smallest_leave_exact_zeros_out_where_asked():
    evidence = evidence_of(a={"start": [0.0, 9.0, 2.0, 1.0]})
    above_zero = START | {"above_zero": True}
    assert read(evidence, name="recorded_mean", snapshot=START) == pytest.approx(1.0)
    assert read(evidence, name="recorded_mean", snapshot=above_zero) == pytest.approx(1.5)
    assert read(evidence, name="recorded_min", snapshot=START) == 0.0
    assert read(evidence, name="recorded_min", snapshot=above_zero) == 1.0
    assert read(evidence, name="depth_kendall_tau", snapshot=START) == pytest.approx(1 / 3)
    assert read(evidence, name="depth_kendall_tau", snapshot=above_zero) == -1


def test_a_single_tensor_has_no_order():
    evidence = evidence_of(a={"start": [0.0, 9.0, 0.0, 1.0]})
    assert math.isnan(read(evidence, name="depth_kendall_tau", snapshot=START | {"above_zero": True}))


def test_the_order_along_depth_is_1_where_the_profile_grows_to_the_output_and_minus_1_where_it_falls():
    evidence = evidence_of(a=RISING)
    assert read(evidence, name="depth_kendall_tau", snapshot=START) == 1
    assert read(evidence, name="depth_kendall_tau", snapshot=END) == -1


def test_beside_another_variant_the_order_is_that_of_the_ratio():
    evidence = evidence_of(a=RISING, b={"start": [0.1, 1.0, 0.01, 0.001]})
    assert read(evidence, "b", name="depth_kendall_tau", snapshot=START, other_variant="a") == -1
    assert read(evidence, "b", name="spearman", snapshot=START, other_variant="a") == pytest.approx(-1)
    assert math.isnan(read(evidence, "b", name="depth_kendall_tau", snapshot=END, other_variant="a"))


def test_evenness_is_1_for_equal_shares_and_0_where_one_has_everything():
    evidence = evidence_of(a={"start": [2.0, 0.0, 2.0, 2.0], "end": [5.0, 0.0, 0.0, 0.0]})
    assert read(evidence, name="normalised_entropy", snapshot=START) == pytest.approx(1)
    assert read(evidence, name="normalised_entropy", snapshot=END) == pytest.approx(0)


def test_a_rise_and_a_shift_compare_two_moments_of_one_run():
    evidence = evidence_of(a={"start": [1.0, 0.0, 1.0, 2.0], "end": [10.0, 0.0, 20.0, 10.0]})
    assert read(evidence, name="log10_change", snapshot=START, to=END) == pytest.approx(1.0)
    assert read(evidence, name="total_variation", snapshot=START, to=END) == pytest.approx(0.25)


def test_matched_loss_takes_the_first_epoch_that_is_so_low():
    evidence = evidence_of(a={1: [1.0, 1.0, 1.0, 1.0], 2: [0.1, 1.0, 0.1, 0.1], 3: [0.01, 1.0, 0.01, 0.01]})
    matched = START | {"time_point": "after_epoch"}
    assert read(evidence, name="log10_mean", snapshot=matched | {"loss": 1.2}) == pytest.approx(-1)
    assert math.isnan(read(evidence, name="log10_mean", snapshot=matched | {"loss": 0.1}))


def test_what_was_not_recorded_is_no_number():
    evidence = evidence_of(a=RISING)
    assert math.isnan(read(evidence, name="log10_mean", snapshot=START | {"statistic": "norm"}))
    assert math.isnan(read(evidence, name="log10_mean", snapshot=START | {"names": "nothing"}))
    assert math.isnan(read(evidence_of(a={"start": [0.0, 1.0, 1.0, 1.0]}), name="log10_mean", snapshot=START))
