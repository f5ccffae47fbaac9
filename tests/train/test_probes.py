"""What probes say of networks whose weights are set by hand, so that the answer is known."""

import csv
from dataclasses import replace
from pkgutil import resolve_name

import numpy as np
import pytest
import torch
from training import job, train

from folklore.data.dataset import Dataset, Split
from folklore.execution.errors import UserError
from folklore.execution.files import write_json
from folklore.jobs.probe_run import probe_run
from folklore.runs.columns import RECORDS
from folklore.schema.models.mlp import Mlp
from folklore.schema.models.residual_mlp import ResidualMlp
from folklore.train.examples import examples
from folklore.train.learners import LEARNERS
from folklore.train.network import build_model
from folklore.train.probes import calibration, correctness, decision_map, misclassified, robustness
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.result import write_weights
from folklore.train.weights import weights_of
from folklore.train.weights_file import read_weights


def split_in_thirds(inputs, labels, classes, scaling="raw"):
    count = len(inputs)
    dataset = Dataset(inputs, labels.astype(np.int64), np.array([count, 0, 0]))
    return examples(dataset, Split(*np.split(np.arange(count), 3)), classes, scaling)


@pytest.fixture
def leave():
    """A finished run that left these weights, the same ones as the last and the best."""

    def left(settings, data, tensors, best=None):
        model = build_model(settings["model"], data.input_spec, data.classes)
        weights = {}
        for checkpoint, state in (("last", tensors), ("best", best or tensors)):
            model.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
            weights |= weights_of(model, checkpoint)
        return finished(settings, "gradient_descent", data, weights)

    return left


def finished(settings, learner, data, weights):
    """Its test part is the last third of the dataset."""
    names = np.array([f"class {label}" for label in range(data.classes)])
    rows = np.arange(len(data.labels["test"])) + 2 * len(data.labels["test"])
    return FinishedRun(settings, weights, data, "cpu", learner, rows, names, seed=1)


def said(answer):
    return {(note.name, note.statistic): note.value for note in answer.measurements}


@pytest.fixture
def square():
    """Points on the square from −1 to 1."""
    side = np.linspace(-1, 1, 9, dtype=np.float32)
    places = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    return split_in_thirds(np.concatenate([places] * 3), np.zeros(3 * len(places)), classes=2)


def network(settings, width, **changes):
    return settings | {"model": Mlp(name="mlp", widths=(width,), **changes).model_dump(mode="json")}


def three_lines(*offsets):
    """A unit on either side of x = a, of y = b and of x + y = c; class 1 to the right of x = a."""
    return {
        "fc1.weight": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]],
        "fc1.bias": [-offset for offset in offsets],
        "output.weight": [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]],
        "output.bias": [0.0, -1e-6],
    }


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_three_lines_that_cross_cut_the_plane_into_seven_regions(leave, settings, square, dtype):
    run = leave(network(settings, 3) | {"dtype": dtype}, square, three_lines(0.1, 0.1, -0.3))
    assert said(decision_map.measure(run))["last", "regions"] == 7


def test_lines_beyond_the_training_range_cut_nothing(leave, settings, square):
    run = leave(network(settings, 3), square, three_lines(0.1, 5.0, 9.0))
    assert said(decision_map.measure(run))["last", "regions"] == 2


def test_the_units_of_a_residual_network_cut_too(leave, settings, square):
    """The first unit bends at x = 0, the second at x = 1/2."""
    model = ResidualMlp(name="residual_mlp", width=1, depth=2).model_dump(mode="json")
    tensors = {
        "fc1.weight": [[1.0, 0.0]],
        "fc1.bias": [0.0],
        "fc2.weight": [[1.0]],
        "fc2.bias": [-0.5],
        "output.weight": [[0.0], [1.0]],
        "output.bias": [1.0, 0.0],
    }
    found = said(decision_map.measure(leave(settings | {"model": model}, square, tensors)))
    assert found["last", "regions"] == 3
    assert found["last", "boundary"] == pytest.approx(1000 / (2 * 999 * 1000)), "one straight line, at x = 3/4"


def test_a_smooth_network_has_no_regions_to_count(leave, settings, square):
    run = leave(network(settings, 3, activation="tanh"), square, three_lines(0.1, 0.1, -0.3))
    assert set(said(decision_map.measure(run))) == {("last", "boundary")}


def test_the_map_shows_the_classes_in_raw_units_with_a_margin(leave, settings, square):
    stretched = split_in_thirds(
        np.concatenate([square.inputs["train"] * [10, 1] + [0, 50]] * 3).astype(np.float32), np.zeros(243), 2, "unit"
    )
    right_half = three_lines(0.5, 0.5, 0.5)  # in scaled units, where 0.5 is the middle
    answer = decision_map.measure(leave(network(settings, 3), stretched, right_half))
    x, y, classes = (answer.arrays[name] for name in ("x", "y", "classes"))
    assert (x[0], x[-1], y[0], y[-1]) == pytest.approx((-12, 12, 48.8, 51.2))
    assert classes.shape == (200, 200) and classes.dtype == np.uint8
    assert np.array_equal(classes, np.broadcast_to(x > 0, classes.shape))
    assert answer.arrays["class_names"].tolist() == ["class 0", "class 1"]
    assert len(answer.arrays["test_inputs"]) == len(answer.arrays["test_labels"]) == 81


def test_a_boundary_is_as_long_as_it_is_drawn():
    halves = np.zeros((4, 4), dtype=int)
    halves[:, 2:] = 1
    assert decision_map.boundary(halves) == 4 / 24
    assert decision_map.boundary(np.indices((4, 4)).sum(axis=0) % 2) == 1


def test_images_have_no_map(leave, settings, pictures):
    with pytest.raises(UserError, match=r"`probes.decision_map`: expected two inputs per example; got images of 1×4×4"):
        decision_map.measure(leave(linear(settings), pictures, by_half()))


@pytest.fixture
def pictures():
    """White left or right halves on black, by class, but the first three test images have the other class's label."""
    labels = np.arange(60) % 2
    images = np.zeros((60, 1, 4, 4), dtype=np.uint8)
    images[labels == 0, :, :, :2] = images[labels == 1, :, :, 2:] = 255
    labels[40:43] = 1 - labels[40:43]
    return split_in_thirds(images, labels, classes=2, scaling="unit")


def linear(settings):
    return settings | {"model": {"name": "linear"}}


def by_half(sure=1.0):
    """Right where most white is on the side of the class; so much surer with a larger factor."""
    side = np.zeros((2, 4, 4))
    side[0, :, :2] = side[1, :, 2:] = sure / 8
    return {"output.weight": side.reshape(2, -1).tolist(), "output.bias": [0.0, 0.0]}


def test_mirrored_images_are_mistaken_by_a_network_that_goes_by_halves(leave, settings, pictures):
    found = said(robustness.measure(leave(linear(settings), pictures, by_half())))
    assert found["clean", "accuracy"] == pytest.approx(17 / 20)
    assert found["flip", "accuracy"] == pytest.approx(3 / 20)
    assert found["clean", "loss"] < found["flip", "loss"]
    assert found["noise 0.1", "accuracy"] == found["clean", "accuracy"] > found["shift", "accuracy"]
    assert {name for name, _ in found} == {"clean", "noise 0.1", "noise 0.2", "flip", "shift", "all"}


def test_every_shift_is_by_one_pixel_to_one_of_eight_places_and_fills_with_black():
    images = torch.zeros(400, 1, 3, 3)
    images[:, :, 1, 1] = 1
    shifted = robustness.CHANGES["shift"](images, torch.Generator().manual_seed(0))
    assert torch.equal(shifted.sum(dim=(1, 2, 3)), torch.ones(400))
    assert shifted[:, 0, 1, 1].sum() == 0
    assert len(shifted.unique(dim=0)) == 8


def test_noise_stays_within_what_a_pixel_can_have():
    noisy = robustness.CHANGES["noise 0.2"](torch.rand(50, 1, 4, 4), torch.Generator().manual_seed(0))
    assert noisy.min() == 0 and noisy.max() == 1


def test_a_probe_says_the_same_of_the_same_run(leave, settings, pictures):
    run = leave(linear(settings), pictures, by_half())
    assert robustness.measure(run) == robustness.measure(run)
    other = robustness.measure(replace(run, seed=2))
    assert said(other)["noise 0.2", "loss"] != said(robustness.measure(run))["noise 0.2", "loss"]


@pytest.mark.parametrize("probe", [robustness, misclassified])
def test_points_are_no_images(leave, settings, square, probe):
    run = leave(network(settings, 3), square, three_lines(0, 0, 0))
    with pytest.raises(UserError, match=r"expected images .* got rows of 2 numeric values"):
        probe.measure(run)


def test_failures_are_the_planted_ones_as_they_are_stored(leave, settings, pictures):
    answer = misclassified.measure(leave(linear(settings), pictures, by_half()))
    assert said(answer) == {("test", "count"): 3}
    assert answer.arrays["rows"].tolist() == [0, 1, 2]
    assert np.array_equal(answer.arrays["images"], pictures.inputs["test"][:3])
    assert answer.arrays["images"].dtype == np.uint8
    assert answer.arrays["predicted"].tolist() == [1 - label for label in answer.arrays["labels"]]
    assert answer.arrays["confidence"] == pytest.approx([1 / (1 + np.exp(-1))] * 3)


def test_at_most_ten_failures_are_shown_from_first_to_last_and_all_are_counted(leave, settings, pictures):
    contrary = by_half(sure=-1.0)
    answer = misclassified.measure(leave(linear(settings), pictures, contrary))
    assert said(answer)["test", "count"] == 17
    rows = answer.arrays["rows"].tolist()
    assert len(set(rows)) == 10
    assert (rows[0], rows[-1]) == (3, 19)


def test_answers_are_right_but_for_the_planted_failures_by_row_of_the_data_set(leave, settings, pictures):
    found = said(correctness.measure(leave(linear(settings), pictures, by_half())))
    assert list(found) == [(str(row), "correct") for row in range(40, 60)]
    assert [row for (row, _), right in found.items() if right == 0] == ["40", "41", "42"]
    assert set(found.values()) == {0, 1}


XGBOOST = {"name": "xgboost", "n_estimators": 3, "max_depth": 2, "learning_rate": 0.3, "subsample": 0.8}
LOGISTIC = {"name": "logistic", "C": 1.0, "max_iter": 100}


@pytest.mark.parametrize(
    ("learner", "model"), [("xgboost", XGBOOST), ("logistic", LOGISTIC)], ids=["xgboost", "logistic"]
)
def test_trees_and_regressions_answer_as_they_did_when_they_were_trained(learner, model, clouds, tmp_path):
    """What they leave is read back from disk; a third class is in no training row."""
    data = replace(clouds, classes=3)
    trained = resolve_name(LEARNERS[learner]).fit(job({"model": model}, data))
    write_weights(tmp_path / "weights", trained)
    run = finished({"model": model}, learner, data, read_weights(tmp_path / "weights"))
    np.testing.assert_array_equal(run.test_logits(), trained.test_logits["last"])
    right = trained.test_logits["last"].argmax(axis=1) == data.labels["test"]
    assert right.sum() > 0 and list(said(correctness.measure(run)).values()) == right.tolist()


@pytest.fixture
def coins():
    """One input that is always 1, and a class that is 1 in three cases of four."""
    labels = (np.arange(1200) % 4 > 0).astype(int)
    return split_in_thirds(np.ones((1200, 1), dtype=np.float32), labels, classes=2)


def odds(logit):
    return {"output.weight": [[0.0], [float(logit)]], "output.bias": [0.0, 0.0]}


def test_a_network_that_is_three_times_too_sure_gets_temperature_three(leave, settings, coins):
    """Its odds of 3 to 1 are right in the best checkpoint, and cubed in the last."""
    run = leave(linear(settings), coins, odds(3 * np.log(3)), best=odds(np.log(3)))
    found = said(calibration.measure(run))
    assert found["last", "temperature"] == pytest.approx(3, rel=1e-3)
    assert found["best", "temperature"] == pytest.approx(1, rel=1e-3)
    assert found["last", "calibration_error"] == pytest.approx(27 / 28 - 3 / 4, abs=1e-4)
    assert found["last", "scaled_calibration_error"] == pytest.approx(0, abs=1e-4)
    entropy = -(np.log(3 / 4) * 3 + np.log(1 / 4)) / 4
    assert found["last", "loss"] > found["last", "scaled_loss"] == pytest.approx(entropy, abs=1e-4)
    assert found["best", "loss"] == pytest.approx(found["best", "scaled_loss"], abs=1e-4)


@pytest.fixture
def files(clouds, tmp_path):
    """What the job reads beside the weights."""
    inputs, labels = (np.concatenate(list(each.values())) for each in (clouds.inputs, clouds.labels))
    ends = np.cumsum([0, *map(len, clouds.labels.values())])
    parts = {part: np.arange(*ends[place : place + 2]) for place, part in enumerate(clouds.labels)}
    np.savez(tmp_path / "arrays.npz", inputs=inputs, labels=labels, counts=np.array([len(labels), 0, 0]))
    np.savez(tmp_path / "indices.npz", **parts)
    write_json(
        tmp_path / "provenance.json", {"classes": ["west", "east"], "shape": [2], "columns": [], "vocabulary": None}
    )
    places = {name: tmp_path / f"{name}.npz" for name in ("arrays", "indices")}
    return places | {"provenance": tmp_path / "provenance.json", "weights": tmp_path / "weights"}


def asked(files, settings, folder):
    written = {"records": folder / "map.csv", "pictures": folder / "map.npz"}
    probe_run("decision_map", settings, "gradient_descent", seed=1, device="cpu", **files, **written)
    with np.load(written["pictures"], allow_pickle=False) as pictures:
        arrays = dict(pictures)
    return list(csv.DictReader(written["records"].open())), arrays


def test_the_job_writes_rows_like_a_recorders_and_arrays_the_same_bytes_each_time(clouds, settings, files, tmp_path):
    write_weights(files["weights"], train(settings, clouds, seed=1, device="cpu", parent=None))
    rows, arrays = asked(files, settings, tmp_path / "once")
    assert {(row["recorder"], row["time_point"], row["epoch"], row["name"]) for row in rows} == {
        ("decision_map", "end", "", "last")
    }
    assert {row["statistic"]: float(row["value"]) > 0 for row in rows} == {"regions": True, "boundary": True}
    assert arrays["class_names"].tolist() == ["west", "east"]
    west, east = arrays["classes"][0, 0], arrays["classes"][-1, -1]
    assert (west, east) == (0, 1)
    asked(files, settings, tmp_path / "twice")
    for name in ("map.csv", "map.npz"):
        assert (tmp_path / "once" / name).read_bytes() == (tmp_path / "twice" / name).read_bytes()


def test_a_run_that_diverged_has_nothing_to_say_and_is_no_failure(clouds, settings, files, tmp_path):
    wild = settings | {
        "optimiser": settings["optimiser"] | {"lr": 1e30},
        "model": settings["model"] | {"batch_norm": False},
    }
    write_weights(files["weights"], train(wild, clouds, seed=1, device="cpu", parent=None))
    rows, arrays = asked(files, wild, tmp_path)
    assert rows == [] and arrays == {}
    assert (tmp_path / "map.csv").read_text() == ",".join(RECORDS) + "\n"
