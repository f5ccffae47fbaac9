"""Early stopping beside a full run: which epoch it keeps, and that it changes nothing else."""

import json

import numpy as np
import pytest
from training import train

from folklore.train.best_epoch import BestEpoch
from folklore.train.result import write_scores


def followed(losses, metric="validation_loss", **rule):
    best = BestEpoch(metric, **rule)
    kept = [epoch for epoch, loss in enumerate(losses, start=1) if best.update({"epoch": epoch, metric: loss})]
    return kept, best.epoch, best.stop_epoch


def test_without_patience_the_lowest_of_all_epochs_is_the_best_and_the_first_of_equals():
    assert followed([3, 1, 2, 1, 0.5]) == ([1, 2, 5], 5, None)
    assert followed([3, 1, 1]) == ([1, 2], 2, None)


def test_training_stops_after_as_many_epochs_without_a_gain_as_its_patience():
    """And what comes later is not seen, however good."""
    assert followed([3, 1, 2, 2, 0.5], patience=2) == ([1, 2], 2, 4)
    assert followed([3, 1, 2, 0.5, 2], patience=2) == ([1, 2, 4], 4, None)


def test_a_gain_that_is_not_larger_than_the_least_is_none():
    assert followed([3.0, 2.75, 2.5, 1.0], patience=2, min_gain=0.5) == ([1], 1, 3)
    assert followed([3.0, 2.75, 2.25, 1.0], patience=2, min_gain=0.5) == ([1, 3, 4], 4, None)


def test_an_accuracy_gains_by_rising():
    assert followed([0.5, 0.7, 0.7, 0.6, 0.9], "validation_accuracy", patience=2) == ([1, 2], 2, 4)


@pytest.fixture
def stopping(settings):
    """The validation loss falls and rises again under a high rate, so that a patience of one epoch is too short."""
    return settings | {"epochs": 12, "optimiser": settings["optimiser"] | {"lr": 2.0}}


def test_a_run_that_would_have_stopped_trains_to_its_end_and_keeps_the_weights_of_that_epoch(
    clouds, stopping, tmp_path
):
    rule = {"metric": "validation_loss", "patience": 1, "min_gain": 0.0}
    full = train(stopping, clouds)
    run = train(stopping | {"stop": rule}, clouds)
    assert run.history == full.history
    losses = [row["validation_loss"] for row in full.history]
    stop = next(epoch for epoch in range(2, 13) if losses[epoch - 1] >= losses[epoch - 2])
    assert (run.stopped.epoch, run.stopped.stop_epoch) == (stop - 1, stop)
    short = train(stopping | {"epochs": stop - 1}, clouds)
    for name in ("fc1.weight", "bn1.running_mean", "output.bias"):
        np.testing.assert_array_equal(run.weights[f"stopped.{name}"], short.weights[f"last.{name}"])
        np.testing.assert_array_equal(run.weights[f"last.{name}"], full.weights[f"last.{name}"])
    np.testing.assert_array_equal(run.test_logits["stopped"], short.test_logits["last"])
    write_scores(tmp_path / "scores.json", run, clouds.labels["test"], 32)
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert (scores["stopped_epoch"], scores["stop_epoch"], scores["epochs"]) == (stop - 1, stop, 12)
    assert scores["checkpoints"]["stopped"]["validation_loss"] == losses[stop - 2]


def test_a_recipe_without_early_stopping_has_no_such_checkpoint(clouds, settings, tmp_path):
    run = train(settings, clouds)
    write_scores(tmp_path / "scores.json", run, clouds.labels["test"], 32)
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert set(scores["checkpoints"]) == {"initial", "last", "best"}
    assert not {"stopped_epoch", "stop_epoch"} & scores.keys()
    assert not [name for name in run.weights if name.startswith("stopped.")]
