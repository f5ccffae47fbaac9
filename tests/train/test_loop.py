"""What a user relies on in a training: it learns, repeats itself, records honestly and ends when it diverges."""

import json

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy
from training import train

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError
from folklore.runs.columns import HISTORY
from folklore.train.batches import batches_by_split
from folklore.train.network import build_model
from folklore.train.result import write_history, write_scores, write_weights


def test_two_clouds_are_told_apart(clouds, settings):
    trained = train(settings, clouds, seed=1, device="cpu", parent=None)
    accuracy = (trained.test_logits["last"].argmax(axis=1) == clouds.labels["test"]).mean()
    assert accuracy > 0.95
    assert [row["epoch"] for row in trained.history] == [1, 2, 3, 4, 5]
    assert trained.history[-1]["updates"] == 5 * 7  # 200 rows in batches of 32


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(clouds, settings, tmp_path):
    def files(seed, name):
        trained = train(settings, clouds, seed=seed, device="cpu", parent=None)
        folder = tmp_path / name
        write_history(folder / "history.csv", trained)
        write_scores(folder / "scores.json", trained, clouds.labels["test"], 32)
        write_weights(folder / "weights.safetensors", trained)
        return [path.read_bytes() for path in sorted(folder.iterdir())]

    first, second, other = files(1, "first"), files(1, "second"), files(2, "other")
    assert first == second
    assert all(ours != theirs for ours, theirs in zip(first, other, strict=True))


def test_the_history_has_its_columns_and_the_scores_both_checkpoints(clouds, settings, tmp_path):
    trained = train(settings, clouds, seed=1, device="cpu", parent=None)
    write_history(tmp_path / "history.csv", trained)
    write_scores(tmp_path / "scores.json", trained, clouds.labels["test"], 32)
    assert (tmp_path / "history.csv").read_text().splitlines()[0] == ",".join(HISTORY)
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert scores["status"] == "finished"
    assert scores["parameters"] == 2 * 8 + 8 + 16 + 8 * 2 + 2
    losses = [row["validation_loss"] for row in trained.history]
    assert scores["best_epoch"] == 1 + int(np.argmin(losses))
    assert scores["checkpoints"]["best"]["validation_loss"] == min(losses)
    assert len(scores["checkpoints"]["last"]["test_recall"]) == 2


def test_the_evaluated_training_loss_is_free_of_dropout(clouds, settings):
    """Nothing moves at rate 0, so running and evaluated loss differ only by dropout and batch statistics."""
    still = settings | {"optimiser": settings["optimiser"] | {"lr": 0.0}}
    no_noise = still | {"model": settings["model"] | {"dropout": 0.0, "batch_norm": False}}
    quiet = train(no_noise, clouds, seed=1, device="cpu", parent=None).history[0]
    noisy = train(still, clouds, seed=1, device="cpu", parent=None).history[0]
    assert quiet["running_loss"] == pytest.approx(quiet["train_loss"], rel=1e-5)
    assert abs(noisy["running_loss"] - noisy["train_loss"]) > 0.01
    assert quiet["update_norm"] == 0


def test_without_shuffling_every_epoch_takes_the_rows_in_the_order_of_the_split(clouds, settings):
    model = settings["model"] | {"dropout": 0.0, "batch_norm": False}
    in_turn = settings | {"model": model, "shuffle": False, "epochs": 2}
    torch.manual_seed(1)
    by_hand = build_model(model, InputSpec((2,)), 2)
    feed = batches_by_split(clouds, torch.device("cpu"))["train"]
    for start in (*range(0, 200, 32), *range(0, 200, 32)):
        batch = feed.batch(torch.arange(start, min(start + 32, 200)))
        inputs, labels = batch.inputs, batch.labels
        gradients = torch.autograd.grad(cross_entropy(by_hand(inputs), labels), list(by_hand.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(by_hand.parameters(), gradients, strict=True):
                parameter.sub_(0.1 * gradient)
    weights = train(in_turn, clouds, seed=1, device="cpu", parent=None).weights
    shuffled = train(in_turn | {"shuffle": True}, clouds, seed=1, device="cpu", parent=None).weights
    expected = by_hand.fc1.weight.detach().numpy()
    np.testing.assert_allclose(weights["last.fc1.weight"], expected, rtol=1e-4, atol=1e-6)
    assert np.abs(shuffled["last.fc1.weight"] - expected).max() > 1e-4


def test_double_precision_trains_the_network_of_single_precision_without_its_round_off(clouds, settings):
    without_dropout = settings | {"model": settings["model"] | {"dropout": 0.0}, "record": ["gradients"]}
    single, double = (
        train(without_dropout | {"dtype": dtype}, clouds, seed=1, device="cpu", parent=None)
        for dtype in ("float32", "float64")
    )
    assert double.weights["last.fc1.weight"].dtype == np.float64
    np.testing.assert_array_equal(single.weights["initial.fc1.weight"], double.weights["initial.fc1.weight"])
    starts = [
        [
            note.value
            for note in trained.measurements["gradients"]
            if (note.time_point, note.statistic) == ("start", "norm")
        ]
        for trained in (single, double)
    ]
    assert starts[0] == pytest.approx(starts[1], rel=1e-5, abs=1e-6)
    assert starts[0] != starts[1]
    last = [trained.weights["last.fc1.weight"] for trained in (single, double)]
    np.testing.assert_allclose(*last, rtol=1e-3, atol=1e-5)
    assert (last[0] != last[1]).any()


def test_an_infinite_loss_ends_the_run_as_diverged(clouds, settings, tmp_path):
    wild = settings | {
        "optimiser": settings["optimiser"] | {"lr": 1e30},
        "model": settings["model"] | {"batch_norm": False},
    }
    trained = train(wild, clouds, seed=1, device="cpu", parent=None)
    write_scores(tmp_path / "scores.json", trained, clouds.labels["test"], 32)
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert scores["status"] == "diverged"
    assert scores["diverged_epoch"] == len(trained.history) < 5
    assert scores["checkpoints"]["last"] is None


@pytest.mark.parametrize(
    "optimiser",
    [
        {"name": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.001},
        {"name": "adam", "lr": 0.01, "betas": [0.9, 0.999], "weight_decay": 0.0},
        {"name": "adamw", "lr": 0.01, "betas": [0.9, 0.999], "weight_decay": 0.01},
        {"name": "adagrad", "lr": 0.05, "weight_decay": 0.0},
        {"name": "rmsprop", "lr": 0.01, "alpha": 0.99, "momentum": 0.0, "weight_decay": 0.0},
    ],
    ids=lambda optimiser: optimiser["name"],
)
def test_every_optimiser_learns(clouds, settings, optimiser):
    trained = train(settings | {"optimiser": optimiser}, clouds, seed=1, device="cpu", parent=None)
    assert trained.history[-1]["validation_accuracy"] > 0.9


def test_a_child_starts_where_its_parent_ended(clouds, settings, tmp_path):
    parent = train(settings, clouds, seed=1, device="cpu", parent=None)
    write_weights(tmp_path / "weights.safetensors", parent)
    still = settings | {
        "optimiser": settings["optimiser"] | {"lr": 0.0},
        "parents": {"weights": {"recipe": "x", "checkpoint": "last", "layers": None, "seed": None}},
        "epochs": 1,
        "model": settings["model"],
    }
    child = train(still, clouds, seed=2, device="cpu", parent=tmp_path / "weights.safetensors")
    for name in ("fc1.weight", "output.bias"):
        np.testing.assert_array_equal(child.weights[f"initial.{name}"], parent.weights[f"last.{name}"])


def test_a_parent_of_another_shape_is_refused_by_name(clouds, settings, tmp_path):
    write_weights(tmp_path / "weights.safetensors", train(settings, clouds, seed=1, device="cpu", parent=None))
    wider = settings | {
        "model": settings["model"] | {"widths": [9]},
        "parents": {"weights": {"recipe": "x", "checkpoint": "last", "layers": None, "seed": None}},
    }
    with pytest.raises(UserError, match=r"does not fit its parent .*fc1\.weight"):
        train(wider, clouds, seed=1, device="cpu", parent=tmp_path / "weights.safetensors")


def test_a_missing_device_is_named_with_those_that_are_there(clouds, settings):
    if torch.cuda.is_available():
        pytest.skip("this machine has CUDA")
    with pytest.raises(UserError, match="'cuda' is not available here; available: cpu"):
        train(settings, clouds, seed=1, device="cuda", parent=None)


def test_a_network_for_images_is_refused_other_inputs_with_the_networks_that_take_them(clouds, settings):
    cnn = {"name": "cnn", "channels": [4], "hidden": 4, "dropout": 0.0, "batch_norm": False}
    with pytest.raises(UserError, match=r"takes images .*got rows of 2 numeric values\. Choose a model"):
        train(settings | {"model": cnn}, clouds, seed=1, device="cpu", parent=None)
