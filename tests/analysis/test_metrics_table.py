"""metrics.csv holds every number that a study names, once, and says which of them are no measured values."""

import math

import pytest
from study_runs import evidence_with, evidence_with_curves, metrics_of

from folklore.analysis.csv_tables import write_table
from folklore.analysis.metrics.requested import metrics_rows
from folklore.analysis.metrics_table import MetricsTable, metric_key
from folklore.analysis.selection import with_selected
from folklore.schema.metric import Metric
from folklore.schema.selection import Selection

ACCURACY = Metric(name="test_accuracy")
REACHED = Metric(name="epochs_to_accuracy", level=0.9)


def test_a_file_gives_back_every_digit(tmp_path):
    evidence = evidence_with("test_accuracy", {"1": [0.1 + 0.2, 1e-300], "None": [0.5, None]})
    write_table(tmp_path / "metrics.csv", metrics_rows([(ACCURACY, ["1", "None"])], evidence))

    metrics = MetricsTable.read(tmp_path / "metrics.csv")

    assert metrics.values(ACCURACY, "1") == {1: 0.1 + 0.2, 2: 1e-300}
    assert metrics.variants(ACCURACY) == ["1", "None"]


def test_a_diverged_run_has_no_value_and_says_why():
    run = metrics_of(evidence_with("test_accuracy", {"a": [None]}), (ACCURACY, ("a",))).of(ACCURACY, "a")[1]

    assert math.isnan(run.value)
    assert run.status == "diverged"


def test_a_level_that_was_never_reached_is_marked_as_a_lower_bound():
    evidence = evidence_with_curves("train_accuracy", {"a": [[0.1, 0.2], [0.5, 0.95]]})

    runs = metrics_of(evidence, (REACHED, ("a",))).of(REACHED, "a")

    assert {seed: (run.value, run.never_reached) for seed, run in runs.items()} == {1: (3, True), 2: (2, False)}


def test_a_selection_has_the_numbers_of_its_choice_and_names_it():
    evidence = evidence_with("test_accuracy", {"a": [0.5, 0.6], "b": [0.7, 0.8]})
    with_best = with_selected(evidence, {"best": Selection(among=("a", "b"), by=ACCURACY)})

    metrics = metrics_of(with_best, (ACCURACY, ("a", "best")))

    assert metrics.values(ACCURACY, "best") == {1: 0.7, 2: 0.8}
    assert {run.selected for run in metrics.of(ACCURACY, "best").values()} == {"b"}
    assert metrics.variants(ACCURACY) == ["a"]


def test_a_name_that_was_not_run_has_no_rows():
    assert metrics_of(evidence_with("test_accuracy", {"a": [0.5]}), (ACCURACY, ("b",))).of(ACCURACY, "b") == {}


@pytest.mark.parametrize(
    ("metric", "key"),
    [
        ("test_accuracy", ("test_accuracy", "last", "")),
        ({"name": "test_accuracy", "checkpoint": "best"}, ("test_accuracy", "best", "")),
        ("seconds", ("seconds", "", "")),
        ({"name": "minimum", "of": "lr", "last": 5}, ("minimum", "", '{"last":5,"of":"lr"}')),
        (
            {"name": "epochs_to_accuracy", "level": 0.5, "time_unit": "epochs"},
            ("epochs_to_accuracy", "", '{"level":0.5}'),
        ),
        (
            {"name": "test_loss", "minus": {"name": "test_loss", "checkpoint": "best"}},
            ("test_loss", "last", '{"minus":{"checkpoint":"best","name":"test_loss"}}'),
        ),
    ],
    ids=lambda cell: str(cell)[:40],
)
def test_name_checkpoint_and_settings_identify_a_metric(metric, key):
    assert metric_key(Metric.model_validate(metric)) == key
