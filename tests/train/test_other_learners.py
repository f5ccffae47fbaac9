"""Learners without gradient steps leave the same files as the loop."""

from dataclasses import replace

import numpy as np
import pytest
from training import job

from folklore.data.dataset import Dataset, Split
from folklore.train.examples import examples
from folklore.train.learners import logistic, xgboost
from folklore.train.result import write_history, write_scores
from folklore.train.scaling import channel_statistics, scaling_of

XGBOOST = {"model": {"name": "xgboost", "n_estimators": 8, "max_depth": 2, "learning_rate": 0.3, "subsample": 0.8}}
LOGISTIC = {"model": {"name": "logistic", "C": 1.0, "max_iter": 100}}


@pytest.mark.parametrize(
    ("learner", "settings"), [(xgboost, XGBOOST), (logistic, LOGISTIC)], ids=["xgboost", "logistic"]
)
def test_two_clouds_are_told_apart_and_written_down(learner, settings, clouds, tmp_path):
    trained = learner.fit(job(settings, clouds))
    write_history(tmp_path / "history.csv", trained)
    write_scores(tmp_path / "scores.json", trained, clouds.labels["test"], 50)
    assert (trained.test_logits["best"].argmax(axis=1) == clouds.labels["test"]).mean() > 0.95
    assert trained.history[-1]["validation_accuracy"] > 0.9
    assert (tmp_path / "history.csv").read_text().count("\n") == 1 + len(trained.history)


def test_logistic_regression_counts_weights_and_a_bias_a_class(clouds):
    three = clouds.labels["train"].copy()
    three[:20] = 2
    labels = {**clouds.labels, "train": three}
    trained = logistic.fit(job(LOGISTIC, replace(clouds, labels=labels, classes=3)))
    assert trained.parameters == 3 * 2 + 3


def test_a_class_that_training_never_saw_is_never_guessed(clouds):
    trained = logistic.fit(job(LOGISTIC, replace(clouds, classes=3)))
    assert trained.test_logits["last"].shape == (50, 3)
    assert (trained.test_logits["last"].argmax(axis=1) < 2).all()


@pytest.mark.parametrize(
    ("name", "black", "white"),
    [("unit", 0, 1), ("symmetric", -1, 1), ("raw", 0, 255)],
    ids=["unit", "symmetric", "raw"],
)
def test_images_are_scaled_from_what_a_byte_can_hold(name, black, white):
    images = np.stack([np.zeros((3, 2, 2), np.uint8), np.full((3, 2, 2), 255, np.uint8)])
    scaled = scaling_of(images[:1], name).apply(images)
    assert scaled[0].max() == pytest.approx(black)
    assert scaled[1].min() == pytest.approx(white)


@pytest.mark.parametrize("name", ["standardised", "unit", "symmetric"])
@pytest.mark.parametrize("constant", [0, 0.1, 2020])
def test_a_feature_that_is_constant_among_the_training_rows_is_not_blown_up(name, constant):
    train = np.array([[constant, 1], [constant, 5], [constant, 3]], dtype=np.float32)
    test = train + np.array([1, 0], dtype=np.float32)
    scaling = scaling_of(train, name)
    assert np.ptp(scaling.apply(train)[:, 0]) == 0
    assert np.abs(scaling.apply(train)[:, 0]).max() <= 1 + 1e-3
    assert np.abs(scaling.apply(test)[:, 0] - scaling.apply(train)[:, 0]).max() <= 2 + 1e-3


def test_a_constant_channel_of_images_is_shifted_and_not_scaled():
    images = np.full((4, 2, 3, 3), 7, dtype=np.uint8)
    images[:, 1] = np.arange(9).reshape(3, 3)
    assert scaling_of(images, "standardised").factor[0] == 1
    assert np.allclose(scaling_of(images, "standardised").apply(images)[:, 0], 0)


def test_standardised_training_inputs_have_mean_0_and_sd_1_and_the_test_rows_had_no_say():
    rng = np.random.default_rng(0)
    inputs = (rng.normal(size=(100, 3)) * [1, 10, 100] + [5, 0, -3]).astype(np.float32)
    inputs[60:] += 1000
    dataset = Dataset(inputs, np.arange(100) % 2, np.array([100, 0, 0]))
    data = examples(dataset, Split(np.arange(50), np.arange(50, 60), np.arange(60, 100)), 2, "standardised")
    mean, deviation = channel_statistics(data.scaling.apply(data.inputs["train"]))
    np.testing.assert_allclose(mean, 0, atol=1e-5)
    np.testing.assert_allclose(deviation, 1, atol=1e-5)
