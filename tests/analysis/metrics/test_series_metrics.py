"""What a recorder noted epoch by epoch is a curve like any other."""

import math

import pandas as pd
import pytest
from study_runs import evidence_with_curves

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.compute import metric_values, seeds_never_reached
from folklore.schema.metric import Metric
from folklore.schema.snapshot import Series

DEAD = {"recorder": "units", "statistic": "dead", "names": "fc*"}
WINDOWS = {"recorder": "loss_noise", "statistic": "loss", "time_point": "updates"}


def evidence_of(*notes):
    """One run of three epochs, and what was noted: (recorder, moment, epoch, name, measure, value)."""
    planted = evidence_with_curves("train_loss", {"a": [[2.0, 1.0, 0.5]]})
    columns = ["recorder", "time_point", "epoch", "name", "statistic", "value"]
    records = pd.DataFrame(notes, columns=columns).assign(variant="a", seed=1)
    return Evidence(planted.runs, planted.curves, planted.facts, records)


def dead(**by_layer):
    return [
        ("units", "after_epoch", epoch, name, "dead", value)
        for name, values in by_layer.items()
        for epoch, value in enumerate(values, start=1)
    ]


def read(evidence, **metric):
    return metric_values(Metric.model_validate(metric), "a", evidence)[1]


@pytest.mark.parametrize(("across", "final"), [("mean", 0.5), ("max", 1.0), ("min", 0.0)])
def test_several_names_are_one_curve_by_their_mean_their_largest_or_their_smallest(across, final):
    evidence = evidence_of(*dead(fc1=[0.0, 0.5, 1.0], fc2=[0.0, 0.0, 0.0], output=[9.0, 9.0, 9.0]))

    assert read(evidence, name="final", of=DEAD | {"across": across}) == final


def test_epochs_stand_in_order_whatever_the_order_of_the_notes():
    evidence = evidence_of(*reversed(dead(fc1=[0.1, 0.2, 0.4])))

    assert read(evidence, name="at_epoch", of=DEAD, epoch=1) == pytest.approx(0.1)
    assert read(evidence, name="kendall_tau", of=DEAD) == 1
    assert read(evidence, name="at_train_loss", of=DEAD, loss=1.0) == pytest.approx(0.2)


def test_a_curve_with_a_gap_or_without_its_end_is_no_number():
    gap = evidence_of(*dead(fc1=[0.1, 0.2, 0.4], fc2=[0.1, math.nan, 0.4]))
    short = evidence_of(*dead(fc1=[0.1, 0.2]))

    assert math.isnan(read(gap, name="final", of=DEAD))
    assert math.isnan(read(short, name="final", of=DEAD))
    assert math.isnan(read(short, name="final", of=DEAD | {"statistic": "active"}))


def test_windows_of_updates_stand_in_the_order_of_their_numbers_and_are_told_by_them():
    losses = {"100": 0.5, "20": 2.0, "60": 1.0}
    evidence = evidence_of(*(("loss_noise", "updates", None, name, "loss", value) for name, value in losses.items()))

    assert read(evidence, name="ratio", of=WINDOWS) == 0.25
    assert read(evidence, name="convergence_epoch", of=WINDOWS, within=0.6, time_unit="updates") == 60
    assert read(evidence, name="convergence_epoch", of=WINDOWS, within=0.6) == 2
    assert math.isnan(read(evidence, name="convergence_epoch", of=WINDOWS, within=0.6, time_unit="seconds"))


def test_a_level_that_a_trace_never_passes_counts_as_unreached():
    metric = Metric(name="first_epoch_above", of=Series(**DEAD), level=0.5)

    assert seeds_never_reached(metric, "a", evidence_of(*dead(fc1=[0.1, 0.2, 0.4]))) == {1}
    assert seeds_never_reached(metric, "a", evidence_of(*dead(fc1=[0.1, 0.2, 0.6]))) == set()
