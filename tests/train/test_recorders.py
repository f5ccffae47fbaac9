"""Recorders note what really happened to a network, and leave no trace in it."""

import csv
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy
from training import train

from folklore.data.input_spec import InputSpec
from folklore.train.batches import batches_by_split
from folklore.train.network import build_model
from folklore.train.objectives.cross_entropy import CrossEntropy
from folklore.train.recorders import RECORDERS
from folklore.train.recorders.gradients import Gradients
from folklore.train.recorders.recorder import RecordedTraining
from folklore.train.result import write_history, write_records, write_weights


def begun(model, data, settings):
    return RecordedTraining(model, data, CrossEntropy(), settings, seed=1)


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
    notes = train(still, clouds, seed=1, device="cpu", parent=None).measurements["gradients"]
    expected = [gradient.abs().flatten() for gradient in gradients_by_hand(still, clouds)]
    first, last = torch.stack(expected[:5]), torch.stack(expected[-5:])
    assert by_tensor(notes, "first_batches", "mean")["fc1.weight"] == pytest.approx(first.mean().item(), rel=1e-5)
    sd = first.std(dim=0).mean().item()
    assert by_tensor(notes, "first_batches", "sd")["fc1.weight"] == pytest.approx(sd, rel=1e-4)
    assert by_tensor(notes, "last_batches", "max_abs")["fc1.weight"] == pytest.approx(last.max().item(), rel=1e-5)
    square = first.square().sum(dim=1).mean().item()
    assert by_tensor(notes, "first_batches", "squared_norm")["fc1.weight"] == pytest.approx(square, rel=1e-5)
    full = torch.stack(expected[:-1])  # the seventh batch has 8 rows of 32
    assert by_tensor(notes, "first_epochs", "norm")["fc1.weight"] == pytest.approx(
        full.norm(dim=1).mean().item(), rel=1e-5
    )


def gradients_by_hand(settings, clouds):
    torch.manual_seed(1)
    model = build_model(settings["model"], InputSpec((2,)), 2)
    feed = batches_by_split(clouds, torch.device("cpu"))["train"]
    for rows in feed.shuffled(torch.Generator().manual_seed(1), 32):
        batch = feed.batch(rows)
        inputs, labels = batch.inputs, batch.labels
        model.zero_grad()
        cross_entropy(model(inputs), labels).backward()
        yield model.fc1.weight.grad.clone()


def test_the_probe_is_the_same_batch_before_after_every_epoch_and_at_the_end(clouds, settings):
    still = settings | {"optimiser": settings["optimiser"] | {"lr": 0.0}, "record": ["gradients"], "epochs": 3}
    notes = train(still, clouds, seed=1, device="cpu", parent=None).measurements["gradients"]
    start, end = by_tensor(notes, "start", "mean"), by_tensor(notes, "end", "mean")
    assert start == end == by_tensor(notes, "after_epoch", "mean", epoch=2)
    assert list(start) == ["fc1.weight", "fc1.bias", "bn1.weight", "bn1.bias", "output.weight", "output.bias"]
    relative, norm = by_tensor(notes, "start", "relative_norm"), by_tensor(notes, "start", "norm")
    assert relative["fc1.weight"] > 0
    assert relative["fc1.weight"] != norm["fc1.weight"]


def test_a_bias_before_batch_norm_gets_no_gradient_but_round_off(clouds, settings):
    notes = train(settings | {"record": ["gradients"]}, clouds, seed=1, device="cpu", parent=None).measurements[
        "gradients"
    ]
    largest = by_tensor(notes, "last_epochs", "max_abs")
    assert largest["fc1.bias"] < 1e-6 < largest["fc1.weight"]


def test_a_run_that_diverges_keeps_what_was_finite(clouds, settings, tmp_path):
    wild = settings | {
        "optimiser": settings["optimiser"] | {"lr": 1e30},
        "model": settings["model"] | {"batch_norm": False},
        "record": list(RECORDERS),
    }
    write_records(tmp_path / "records.csv", train(wild, clouds, seed=1, device="cpu", parent=None))
    rows = list(csv.DictReader((tmp_path / "records.csv").open()))
    assert {row["recorder"] for row in rows} == set(RECORDERS) - {"layer_outputs"}  # which has no note of the start
    assert {row["time_point"] for row in rows} == {"start", "updates"}
    assert [row["name"] for row in rows if row["time_point"] == "updates"] == ["1"]  # the loss before anything moved
    assert np.isfinite([float(row["value"]) for row in rows]).all()


def test_only_what_is_learned_has_gradients(clouds, settings):
    data = batches_by_split(clouds, torch.device("cpu"))
    model = build_model(settings["model"], InputSpec((2,)), 2)
    model.fc1.requires_grad_(False)
    recorder = Gradients(begun(model, data, settings | {"trainable": ["bn1", "output"]}))
    assert list(by_tensor(recorder.measurements(0), "start", "mean")) == [
        "bn1.weight",
        "bn1.bias",
        "output.weight",
        "output.bias",
    ]


def test_weights_that_move_are_told_from_weights_that_do_not(clouds, settings):
    trained = train(
        settings | {"trainable": ["output"], "record": ["weights"]}, clouds, seed=1, device="cpu", parent=None
    )
    change = by_tensor(trained.measurements["weights"], "end", "max_abs_change")
    assert change["fc1.weight"] == change["bn1.running_mean"] == 0
    largest = np.abs(trained.weights["last.output.weight"] - trained.weights["initial.output.weight"]).max()
    assert change["output.weight"] == pytest.approx(float(largest))


def test_the_spread_of_the_weights_is_that_of_the_initialisation_at_the_start(clouds, settings):
    """PyTorch draws them evenly between plus and minus 1 / √inputs."""
    wide = settings | {"model": settings["model"] | {"widths": [400, 400]}, "record": ["weights"], "epochs": 1}
    notes = train(wide, clouds, seed=1, device="cpu", parent=None).measurements["weights"]
    assert by_tensor(notes, "start", "sd")["fc2.weight"] == pytest.approx(1 / (3 * 400) ** 0.5, rel=0.01)
    assert by_tensor(notes, "start", "mean")["fc2.weight"] == pytest.approx(0, abs=0.001)
    assert by_tensor(notes, "start", "root_mean_square")["bn1.weight"] == 1
    assert "max_abs_change" not in {note.statistic for note in notes if note.time_point == "start"}


@pytest.mark.parametrize(("initialisation", "units"), [("constant", 1), ("default", 8)])
def test_units_that_begin_alike_stay_alike_and_others_do_not_become_so(clouds, settings, initialisation, units):
    model = settings["model"] | {"initialisation": initialisation, "dropout": 0.0}
    trained = train(settings | {"model": model, "record": ["weights"]}, clouds, seed=1, device="cpu", parent=None)
    notes = trained.measurements["weights"]
    assert by_tensor(notes, "start", "distinct")["fc1.weight"] == units
    assert by_tensor(notes, "end", "distinct")["fc1.weight"] == units
    assert by_tensor(notes, "end", "max_abs_change")["fc1.weight"] > 0
    assert set(by_tensor(notes, "end", "distinct")) == {"fc1.weight", "output.weight"}


@pytest.fixture
def overflowing(clouds):
    """A validation example at infinity: its loss is not finite, so the run diverges, but its weights are finite."""
    far = clouds.inputs["validation"].copy()
    far[0] = np.inf
    return replace(clouds, inputs=clouds.inputs | {"validation": far})


def test_a_run_that_ends_before_its_budget_is_measured_where_it_ends(overflowing, settings):
    linear = settings["model"] | {"dropout": 0.0, "batch_norm": False}
    run = train(settings | {"model": linear, "record": list(RECORDERS), "batch_size": 48}, overflowing)
    assert run.diverged_epoch == 1
    found = run.measurements
    for recorder in ("gradients", "units", "activation_gradients", "weights", "loss_noise"):
        assert any(one.time_point == "end" and np.isfinite(one.value) for one in found[recorder]), recorder
    dead = {one.time_point: one.value for one in found["units"] if one.statistic == "dead"}
    assert dead["end"] == dead["after_epoch"]
    ends = [int(one.name) for one in found["loss_noise"] if one.statistic == "mean"]
    assert ends == [1, 2, 3, 4, 5]


def test_a_window_of_updates_that_a_divergence_cuts_short_is_closed(overflowing, settings):
    linear = settings["model"] | {"dropout": 0.0, "batch_norm": False}
    long = settings | {"model": linear, "record": ["loss_noise"], "batch_size": 2, "epochs": 30}
    run = train(long, overflowing)
    ends = [int(one.name) for one in run.measurements["loss_noise"] if one.statistic == "mean"]
    assert (ends[0], ends[-2:]) == (15, [90, 100])


def test_the_logits_of_the_last_epoch_have_a_density_whether_or_not_it_ends_the_budget(clouds, settings):
    def epochs(**changes):
        run = train(settings | {"record": ["logits"]} | changes, clouds)
        return sorted({one.epoch for one in run.measurements["logits"] if one.statistic == "density"})

    assert epochs(epochs=3) == [1, 3]
    assert epochs(epochs=5) == [1, 5]
