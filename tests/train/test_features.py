"""What frozen layers make of the examples is worked out once, and training on it is the same training."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from training import job, train

from folklore.data.dataset import Dataset, Split
from folklore.data.input_spec import InputSpec
from folklore.train.batches import batches_by_split
from folklore.train.examples import examples
from folklore.train.learners import feature_logistic, logistic
from folklore.train.learners.learner import TrainedModel
from folklore.train.network import build_model, init_model
from folklore.train.precomputed_features import precompute_features
from folklore.train.result import write_weights
from folklore.train.weights import restore

CPU = torch.device("cpu")
CNN = {"name": "cnn", "channels": [4, 8], "hidden": 8, "dropout": 0.3, "batch_norm": True}
RESNET = {"name": "resnet18", "width": 2}


@pytest.fixture
def pictures():
    """Dark and bright images, with noise."""
    rng = np.random.default_rng(0)
    labels = (np.arange(60) % 2).astype(np.int64)
    inputs = (rng.integers(0, 120, (60, 3, 16, 16)) + 100 * labels[:, None, None, None]).astype(np.uint8)
    split = Split(np.arange(40), np.arange(40, 50), np.arange(50, 60))
    return examples(Dataset(inputs, labels, np.array([60, 0, 0])), split, classes=2, scaling="imagenet")


@pytest.fixture
def frozen(settings):
    return settings | {"model": CNN, "trainable": ["fc1", "bn_fc1", "fc2"], "batch_size": 8}


def begun_on(settings, pictures):
    torch.manual_seed(1)
    data = batches_by_split(pictures, CPU)
    return data["train"].match_memory_format(init_model(settings, InputSpec((3, 16, 16)), 2, None)), data


def test_training_behind_frozen_layers_is_the_plain_training(frozen, pictures):
    """Weights, curves and test scores, with dropout and batch norm behind the frozen part.

    Where images are augmented, though it be by nothing, the network stays whole.
    """
    quick = train(frozen, pictures, seed=1, device="cpu", parent=None)
    by_nothing = frozen["augmentation"] | {"flip": {"horizontal": 0.0, "vertical": 0.0}}
    plain = train(frozen | {"augmentation": by_nothing}, pictures, seed=1, device="cpu", parent=None)
    assert quick.weights.keys() == plain.weights.keys()
    for name, values in plain.weights.items():
        np.testing.assert_allclose(quick.weights[name], values, atol=1e-6, err_msg=name)
    np.testing.assert_allclose(quick.test_logits["last"], plain.test_logits["last"], atol=1e-5)
    for ours, theirs in zip(quick.history, plain.history, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-5)


def test_the_frozen_layers_are_asked_once_for_each_example(frozen, pictures):
    asked = []
    model, data = begun_on(frozen, pictures)
    model.conv1.register_forward_hook(lambda *call: asked.append(len(call[2])))
    behind, features_of = precompute_features(model, data, frozen)
    before = sum(asked)
    for _ in range(3):
        behind(features_of["train"].batch(torch.arange(8)).inputs)
    assert before == sum(asked) == 60
    expected = model.eval()(data["test"].batch(torch.arange(10)).inputs)
    found = behind.eval()(features_of["test"].batch(torch.arange(10)).inputs)
    torch.testing.assert_close(found, expected)


@pytest.mark.parametrize(
    "change",
    [
        {"trainable": None},
        {"trainable": ["conv1"]},
        {"frozen_mode": "train"},
        {"dtype": "float64"},
        {"augmentation": {"flip": {"horizontal": 0.5, "vertical": 0.0}}},
        {"record": ["units"]},
        {"model": {**CNN, "name": "residual_cnn"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_where_a_front_changes_or_is_looked_at_the_network_stays_whole(frozen, pictures, change):
    changed = frozen | change
    model, data = begun_on(changed, pictures)
    assert precompute_features(model, data, changed) == (model, data)


def test_a_frozen_layer_behind_one_that_learns_is_run_in_every_epoch(frozen, pictures):
    settings = frozen | {"trainable": ["conv2", "fc2"]}
    model, data = begun_on(settings, pictures)
    _, found = precompute_features(model, data, settings)
    assert found["train"].shape == (8, 8, 4), "the outputs of conv1, bn1, pool1 and relu1, channels last"


def test_in_training_mode_a_frozen_backbone_keeps_its_weights_and_its_statistics_drift(settings, pictures):
    probe = settings | {"model": RESNET, "trainable": ["output"], "epochs": 1}
    still = train(probe, pictures, seed=1, device="cpu", parent=None).weights
    drifting = train(probe | {"frozen_mode": "train"}, pictures, seed=1, device="cpu", parent=None).weights
    names = [name.removeprefix("last.") for name in still if name.startswith("last.backbone.")]
    statistics = [name for name in names if "running" in name]
    assert statistics
    for name in names:
        moved = (drifting[f"last.{name}"] != drifting[f"initial.{name}"]).any()
        assert moved == (name in statistics or "num_batches" in name), name
        assert (still[f"last.{name}"] == still[f"initial.{name}"]).all(), name


LOGISTIC = {"C": 1.0, "max_iter": 200}


def test_logistic_regression_on_features_is_that_on_the_outputs_of_the_parents_backbone(settings, pictures, tmp_path):
    trained = train(settings | {"model": RESNET, "epochs": 1}, pictures, seed=1, device="cpu", parent=None)
    write_weights(tmp_path / "weights.safetensors", trained)
    of_features = {
        "model": {"name": "feature_logistic", "network": RESNET, **LOGISTIC},
        "parents": {"weights": {"recipe": "x", "checkpoint": "last", "layers": ["backbone"], "seed": None}},
    }
    found = feature_logistic.fit(job(of_features, pictures, parent=tmp_path / "weights.safetensors"))
    network = build_model(RESNET, InputSpec((3, 16, 16)), 2).eval()
    restore(network, trained.weights, "last")
    with torch.no_grad():
        by_hand = {
            part: network.backbone(torch.from_numpy(pictures.scaling.apply(inputs))).numpy()
            for part, inputs in pictures.inputs.items()
        }
    ones = replace(pictures.scaling, factor=np.ones(16, np.float32), offset=np.zeros(16, np.float32))
    expected = logistic.fit(job({"model": LOGISTIC}, replace(pictures, inputs=by_hand, scaling=ones)))
    np.testing.assert_allclose(found.test_logits["last"], expected.test_logits["last"], rtol=1e-3, atol=1e-3)
    predicted = feature_logistic.logits(TrainedModel(of_features, found.weights, pictures, "cpu"), "test")
    np.testing.assert_array_equal(predicted, found.test_logits["last"])
    assert found.parameters == 16 + 1
    assert found.history[0]["validation_accuracy"] == 1


def test_the_features_of_a_parent_that_diverged_are_no_features(settings, pictures, tmp_path):
    orphan = {
        "model": {"name": "feature_logistic", "network": RESNET, **LOGISTIC},
        "parents": {"weights": {"recipe": "x", "checkpoint": "last", "layers": ["backbone"], "seed": None}},
    }
    trained = train(settings | {"model": RESNET, "epochs": 1}, pictures, seed=1, device="cpu", parent=None)
    left = {name: value for name, value in trained.weights.items() if not name.startswith("last.")}
    write_weights(tmp_path / "weights.safetensors", replace(trained, weights=left))
    assert feature_logistic.fit(job(orphan, pictures, parent=tmp_path / "weights.safetensors")).diverged_epoch == 0
