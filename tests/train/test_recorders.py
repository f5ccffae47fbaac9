"""Recorders note what really happened to a network, and leave no trace in it."""

import csv

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy
from training import train

from folklore.data.input_spec import InputSpec
from folklore.train.batches import batches_by_split
from folklore.train.network import build_model
from folklore.train.recorders import RECORDERS
from folklore.train.recorders.gradients import Gradients
from folklore.train.result import write_history, write_records, write_weights


def by_tensor(notes, moment, measure, epoch=None):
    return {
        note.name: note.value
        for note in notes
        if (note.time_point, note.statistic, note.epoch) == (moment, measure, epoch)
    }


@pytest.mark.parametrize("recorders", [*([name] for name in RECORDERS), list(RECORDERS)], ids=" and ".join)
def test_a_recorder_changes_no_byte_of_what_is_trained(clouds, settings, tmp_path, recorders):
    """With dropout and batch norm, whose random numbers and running statistics a probe could disturb."""
    for name, record in (("without", []), ("with", recorders)):
        trained = train(settings | {"record": record}, clouds, seed=1, device="cpu", parent=None)
        write_weights(tmp_path / name / "weights", trained)
        write_history(tmp_path / name / "history", trained)
    for file in ("weights", "history"):
        assert (tmp_path / "without" / file).read_bytes() == (tmp_path / "with" / file).read_bytes()


def test_the_first_mini_batches_are_those_of_the_first_epoch(clouds, settings):
    """Nothing moves at rate 0, so their gradients can be computed again by hand."""
    still = settings | {
        "optimiser": settings["optimiser"] | {"lr": 0.0},
        "model": settings["model"] | {"dropout": 0.0, "batch_norm": False},
        "record": ["gradients"],
        "epochs": 1,
    }
    notes = train(still, clouds, seed=1, device="cpu", parent=None).notes["gradients"]
    expected = [gradient.abs().flatten() for gradient in gradients_by_hand(still, clouds)]
    first, last = torch.stack(expected[:5]), torch.stack(expected[-5:])
    assert by_tensor(notes, "first_batches", "mean")["fc1.weight"] == pytest.approx(first.mean().item(), rel=1e-5)
    sd = first.std(dim=0).mean().item()
    assert by_tensor(notes, "first_batches", "sd")["fc1.weight"] == pytest.approx(sd, rel=1e-4)
    assert by_tensor(notes, "last_batches", "largest")["fc1.weight"] == pytest.approx(last.max().item(), rel=1e-5)
    square = first.square().sum(dim=1).mean().item()
    assert by_tensor(notes, "first_batches", "square")["fc1.weight"] == pytest.approx(square, rel=1e-5)
    full = torch.stack(expected[:-1])  # the seventh batch has 8 rows of 32
    assert by_tensor(notes, "first_epochs", "norm")["fc1.weight"] == pytest.approx(
        full.norm(dim=1).mean().item(), rel=1e-5
    )


def gradients_by_hand(settings, clouds):
    torch.manual_seed(1)
    model = build_model(settings["model"], InputSpec((2,)), 2)
    feed = batches_by_split(clouds, torch.device("cpu"))["train"]
    for rows in feed.shuffled(torch.Generator().manual_seed(1), 32):
        inputs, labels = feed.batch(rows)
        model.zero_grad()
        cross_entropy(model(inputs), labels).backward()
        yield model.fc1.weight.grad.clone()


def test_the_probe_is_the_same_batch_before_after_every_epoch_and_at_the_end(clouds, settings):
    still = settings | {"optimiser": settings["optimiser"] | {"lr": 0.0}, "record": ["gradients"], "epochs": 3}
    notes = train(still, clouds, seed=1, device="cpu", parent=None).notes["gradients"]
    start, end = by_tensor(notes, "start", "mean"), by_tensor(notes, "end", "mean")
    assert start == end == by_tensor(notes, "after_epoch", "mean", epoch=2)
    assert list(start) == ["fc1.weight", "fc1.bias", "bn1.weight", "bn1.bias", "output.weight", "output.bias"]
    relative, norm = by_tensor(notes, "start", "relative_norm"), by_tensor(notes, "start", "norm")
    assert relative["fc1.weight"] > 0
    assert relative["fc1.weight"] != norm["fc1.weight"]


def test_a_bias_before_batch_norm_gets_no_gradient_but_round_off(clouds, settings):
    notes = train(settings | {"record": ["gradients"]}, clouds, seed=1, device="cpu", parent=None).notes["gradients"]
    largest = by_tensor(notes, "last_epochs", "largest")
    assert largest["fc1.bias"] < 1e-6 < largest["fc1.weight"]


def test_a_run_that_diverges_keeps_what_was_finite(clouds, settings, tmp_path):
    wild = settings | {
        "optimiser": settings["optimiser"] | {"lr": 1e30},
        "model": settings["model"] | {"batch_norm": False},
        "record": list(RECORDERS),
    }
    write_records(tmp_path / "records.csv", train(wild, clouds, seed=1, device="cpu", parent=None))
    rows = list(csv.DictReader((tmp_path / "records.csv").open()))
    assert {row["recorder"] for row in rows} == set(RECORDERS) - {"layers"}  # which has no note of the start
    assert {row["time_point"] for row in rows} == {"start", "updates"}
    assert [row["name"] for row in rows if row["time_point"] == "updates"] == ["1"]  # the loss before anything moved
    assert np.isfinite([float(row["value"]) for row in rows]).all()


def test_only_what_is_learned_has_gradients(clouds, settings):
    data = batches_by_split(clouds, torch.device("cpu"))
    model = build_model(settings["model"], InputSpec((2,)), 2)
    model.fc1.requires_grad_(False)
    recorder = Gradients(model, data, settings | {"trainable": ["bn1", "output"]}, seed=1)
    assert list(by_tensor(recorder.notes(), "start", "mean")) == [
        "bn1.weight",
        "bn1.bias",
        "output.weight",
        "output.bias",
    ]


def test_weights_that_move_are_told_from_weights_that_do_not(clouds, settings):
    trained = train(
        settings | {"trainable": ["output"], "record": ["weights"]}, clouds, seed=1, device="cpu", parent=None
    )
    change = by_tensor(trained.notes["weights"], "end", "change")
    assert change["fc1.weight"] == change["bn1.running_mean"] == 0
    largest = np.abs(trained.weights["last.output.weight"] - trained.weights["initial.output.weight"]).max()
    assert change["output.weight"] == pytest.approx(float(largest))


def test_the_spread_of_the_weights_is_that_of_the_initialisation_at_the_start(clouds, settings):
    """PyTorch draws them evenly between plus and minus 1 / √inputs."""
    wide = settings | {"model": settings["model"] | {"widths": [400, 400]}, "record": ["weights"], "epochs": 1}
    notes = train(wide, clouds, seed=1, device="cpu", parent=None).notes["weights"]
    assert by_tensor(notes, "start", "sd")["fc2.weight"] == pytest.approx(1 / (3 * 400) ** 0.5, rel=0.01)
    assert by_tensor(notes, "start", "mean")["fc2.weight"] == pytest.approx(0, abs=0.001)
    assert by_tensor(notes, "start", "root_mean_square")["bn1.weight"] == 1
    assert "change" not in {note.statistic for note in notes if note.time_point == "start"}


@pytest.mark.parametrize(("initialisation", "units"), [("constant", 1), ("default", 8)])
def test_units_that_begin_alike_stay_alike_and_others_do_not_become_so(clouds, settings, initialisation, units):
    model = settings["model"] | {"initialisation": initialisation, "dropout": 0.0}
    trained = train(settings | {"model": model, "record": ["weights"]}, clouds, seed=1, device="cpu", parent=None)
    notes = trained.notes["weights"]
    assert by_tensor(notes, "start", "distinct")["fc1.weight"] == units
    assert by_tensor(notes, "end", "distinct")["fc1.weight"] == units
    assert by_tensor(notes, "end", "change")["fc1.weight"] > 0
    assert set(by_tensor(notes, "end", "distinct")) == {"fc1.weight", "output.weight"}
