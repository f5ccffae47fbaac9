"""A child starts from its parent's weights, in whole or in part, and what is frozen stays as it was, bit for bit."""

import json

import numpy as np
import pytest
from training import train

from folklore.execution.errors import UserError
from folklore.train.result import write_scores, write_weights


@pytest.fixture
def parent(clouds, settings, tmp_path):
    trained = train(settings, clouds, seed=1, device="cpu", parent=None)
    path = tmp_path / "parent" / "weights.safetensors"
    write_weights(path, trained)
    return trained, path


def child_of(settings, **changes):
    edge = {"recipe": "x", "checkpoint": "last", "layers": None, "seed": None} | changes.pop("parent", {})
    return settings | {"parents": {"weights": edge}} | changes


def test_a_child_reproduces_its_parents_scores_before_its_first_update(parent, clouds, settings, tmp_path):
    trained, path = parent
    child = train(child_of(settings), clouds, seed=2, device="cpu", parent=path)
    ended = trained.history[-1]
    assert child.initial["validation_accuracy"] == ended["validation_accuracy"]
    assert child.initial["validation_loss"] == ended["validation_loss"]
    np.testing.assert_array_equal(child.test_logits["initial"], trained.test_logits["last"])
    write_scores(tmp_path / "scores.json", child, clouds.labels["test"], 32)
    seen = json.loads((tmp_path / "scores.json").read_text())["checkpoints"]["initial"]
    assert seen["validation_accuracy"] == ended["validation_accuracy"]


def test_frozen_layers_are_bit_identical_after_training_and_the_others_are_not(parent, clouds, settings):
    """Running statistics of batch norm are frozen with it."""
    _, path = parent
    frozen = child_of(settings, trainable=["output"])
    child = train(frozen, clouds, seed=2, device="cpu", parent=path)
    names = {name.partition(".")[2] for name in child.weights}
    assert {"fc1.weight", "fc1.bias", "bn1.weight", "bn1.running_mean", "bn1.running_var"} <= names
    for name in names:
        before, after = child.weights[f"initial.{name}"], child.weights[f"last.{name}"]
        assert (before.tobytes() == after.tobytes()) == (not name.startswith("output")), name


def test_layers_that_are_not_taken_over_begin_anew_from_the_childs_seed(parent, clouds, settings):
    trained, path = parent
    taken = child_of(settings, parent={"layers": ["fc1", "bn1"]}, epochs=1)
    child, sibling = (train(taken, clouds, seed=seed, device="cpu", parent=path) for seed in (2, 3))
    fresh = train(settings | {"epochs": 1}, clouds, seed=2, device="cpu", parent=None)
    np.testing.assert_array_equal(child.weights["initial.fc1.weight"], trained.weights["last.fc1.weight"])
    np.testing.assert_array_equal(child.weights["initial.output.weight"], fresh.weights["initial.output.weight"])
    assert (child.weights["initial.output.weight"] != sibling.weights["initial.output.weight"]).any()


def test_a_layer_of_another_shape_can_stand_where_it_is_not_taken_over(parent, clouds, settings):
    _, path = parent
    wider = settings["model"] | {"widths": [8, 4]}
    child = train(
        child_of(settings, parent={"layers": ["fc1"]}, model=wider, epochs=1), clouds, seed=1, device="cpu", parent=path
    )
    assert child.weights["last.fc2.weight"].shape == (4, 8)
    with pytest.raises(UserError, match=r"does not fit its parent .*fc2\.weight"):
        train(child_of(settings, model=wider, epochs=1), clouds, seed=1, device="cpu", parent=path)


def test_the_child_of_a_run_that_diverged_counts_as_diverged_before_its_first_epoch(clouds, settings, tmp_path):
    model = settings["model"] | {"batch_norm": False}
    wild = settings | {"optimiser": settings["optimiser"] | {"lr": 1e30}, "model": model}
    path = tmp_path / "weights.safetensors"
    write_weights(path, train(wild, clouds, seed=1, device="cpu", parent=None))
    orphan = train(child_of(settings, model=model), clouds, seed=1, device="cpu", parent=path)
    write_scores(tmp_path / "scores.json", orphan, clouds.labels["test"], 32)
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert (scores["status"], scores["diverged_epoch"], scores["epochs"]) == ("diverged", 0, 0)
    assert set(scores["checkpoints"].values()) == {None}
    assert scores["parameters"] is None  # it was never built, and must not count as a network of 0 parameters


def test_a_layer_that_only_the_built_network_can_tell_is_missing_is_named(parent, clouds, settings):
    """Planning does not know the layers of a user's own network."""
    _, path = parent
    with pytest.raises(UserError, match=r"parents\.weights\.layers: no layer 'fc9'; did you mean 'fc1'\?"):
        train(child_of(settings, parent={"layers": ["fc9"]}), clouds, seed=2, device="cpu", parent=path)
