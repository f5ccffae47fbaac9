"""A training that was interrupted anywhere, and started again, ends with the bytes of one that was not."""

import json
import random
import signal
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors import safe_open
from training import train

from folklore.data.dataset import Dataset, Split
from folklore.execution.in_progress import PROGRESS, STATE
from folklore.execution.interruption import Interrupted
from folklore.train.checkpointing import cache_key
from folklore.train.checkpointing.checkpointer import NullCheckpointer
from folklore.train.checkpointing.file_checkpointer import FileCheckpointer
from folklore.train.examples import examples
from folklore.train.recorders import RECORDERS
from folklore.train.result import write_history, write_records, write_scores, write_weights

DEVICES = ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]
CNN = {"name": "cnn", "channels": [4, 8], "hidden": 8, "dropout": 0.3, "batch_norm": True}
AUGMENTATION = {
    "flip": {"horizontal": 0.5, "vertical": 0.0},
    "shift": {"pixels": 1, "fill": "black"},
    "rotation": {"degrees": 10},
    "colour": {"brightness": 0.1, "contrast": 0.1, "saturation": 0.1},
    "noise": {"sd": 0.1, "clip": True},
}
NESTEROV = {"name": "sgd", "lr": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.001}
ADAM = {"name": "adam", "lr": 0.01, "betas": [0.9, 0.999], "weight_decay": 0.0}
ADAMW = {"name": "adamw", "lr": 0.01, "betas": [0.9, 0.999], "weight_decay": 0.01}
ADAGRAD = {"name": "adagrad", "lr": 0.05, "weight_decay": 0.0}
RMSPROP = {"name": "rmsprop", "lr": 0.01, "alpha": 0.99, "momentum": 0.5, "weight_decay": 0.0}
PLAIN = {"name": "sgd", "lr": 0.1, "momentum": 0.0, "nesterov": False, "weight_decay": 0.0}
PROXIMAL = {"name": "penalised_cross_entropy", "l1": 0.01, "l2": 0.01, "parameters": "weights", "step": "proximal"}
STOP = {"metric": "validation_accuracy", "patience": 1, "min_gain": 0.0}
RESNET = {"name": "resnet18", "width": 8}
DESCENT = {"recipe": "x", "checkpoint": "last", "layers": ["backbone"], "seed": None}


@pytest.fixture(scope="module")
def pictures():
    rng = np.random.default_rng(0)
    labels = (np.arange(60) % 2).astype(np.int64)
    inputs = (rng.integers(0, 120, (60, 3, 16, 16)) + 100 * labels[:, None, None, None]).astype(np.uint8)
    split = Split(np.arange(42), np.arange(42, 50), np.arange(50, 60))
    return examples(Dataset(inputs, labels, np.array([60, 0, 0])), split, classes=2, scaling="imagenet")


@pytest.fixture(scope="module")
def parent(pictures, tmp_path_factory):
    """The weights of a ResNet-18 that looked at the pictures for an epoch."""
    path = tmp_path_factory.mktemp("parent") / "weights.safetensors"
    settings = BASE | {"model": RESNET, "epochs": 1}
    write_weights(path, train(settings, pictures, seed=7, device="cpu", parent=None))
    return path


BASE = {
    "optimiser": PLAIN,
    "schedule": {"name": "inverse_time", "k": 0.5},
    "batch_size": 8,
    "epochs": 3,
    "shuffle": True,
    "dtype": "float32",
    "augmentation": dict.fromkeys(AUGMENTATION),
    "trainable": None,
    "frozen_mode": "eval",
    "record": [],
    "objective": {"name": "cross_entropy"},
    "stop": None,
}
OF_PICTURES = {
    "augmented CNN by Nesterov's momentum": {"model": CNN, "augmentation": AUGMENTATION, "optimiser": NESTEROV},
    "augmented CNN by Adam": {"model": CNN, "augmentation": AUGMENTATION, "optimiser": ADAM},
    "augmented CNN by RMSprop": {"model": CNN, "augmentation": AUGMENTATION, "optimiser": RMSPROP},
    "CNN with all recorders": {"model": CNN, "optimiser": ADAMW, "record": list(RECORDERS), "epochs": 7},
    "CNN by proximal steps": {"model": CNN, "optimiser": NESTEROV, "objective": PROXIMAL},
    "CNN that would have stopped early": {"model": CNN, "stop": STOP, "epochs": 5},
    "residual CNN by Adagrad": {"model": CNN | {"name": "residual_cnn"}, "optimiser": ADAGRAD},
}
OF_A_PARENT = {
    "whole ResNet-18": {"optimiser": NESTEROV},
    "features of a frozen ResNet-18": {"optimiser": ADAM, "trainable": ["output"]},
    "frozen ResNet-18 that is recorded": {
        "trainable": ["output"],
        "frozen_mode": "train",
        "record": ["layer_outputs", "logits"],
    },
}


class After(NullCheckpointer):
    """Sends a signal after the given number of mini-batches, and leaves the rest to the tested checkpointer."""

    def __init__(self, tested: FileCheckpointer, batches: int, number: int):
        self.tested, self.left, self.number = tested, batches, number

    @contextmanager
    def attached(self, training, key):
        with self.tested.attached(training, key):
            yield

    def after_batch(self):
        self.left -= 1
        if self.left == 0:
            signal.raise_signal(self.number)
        self.tested.after_batch()


def files_of(trained, labels, folder):
    write_weights(folder / "weights.safetensors", trained)
    write_history(folder / "history.csv", trained)
    write_records(folder / "records.csv", trained)
    write_scores(folder / "scores.json", trained, labels, 8)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def holds(settings, data, parent, folder, device="cpu"):
    """Interrupted at three places: somewhere, after the very next mini-batch, and at the end of the second epoch."""
    whole = train(settings, data, 3, device, parent)
    batches = -(-len(data.labels["train"]) // settings["batch_size"])
    draw = random.Random(len(str(settings)))
    first = draw.randrange(2, batches)
    for count, number in ((first, signal.SIGTERM), (1, signal.SIGINT), (2 * batches - first - 1, signal.SIGUSR1)):
        torch.manual_seed(draw.randrange(1000))
        checkpointer = After(FileCheckpointer(folder / "resume"), count, number)
        with pytest.raises(Interrupted, match=signal.Signals(number).name) as ended:
            train(settings, data, 3, device, parent, checkpointer)
        assert ended.value.exit_code == 128 + number
    resumed = train(settings, data, 3, device, parent, FileCheckpointer(folder / "resume"))
    assert len(resumed.seconds_per_epoch) == settings["epochs"]
    labels = data.labels["test"]
    assert files_of(resumed, labels, folder / "resumed") == files_of(whole, labels, folder / "whole")
    return whole


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", OF_PICTURES)
def test_a_convolutional_network_ends_with_the_same_bytes(pictures, tmp_path, name, device, capsys):
    holds(BASE | OF_PICTURES[name], pictures, None, tmp_path, device)
    said = capsys.readouterr().out
    assert said.count("resumes in epoch") == 3
    assert "trained from its start" not in said


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", OF_A_PARENT)
def test_fine_tuning_ends_with_the_same_bytes(pictures, parent, tmp_path, name, device):
    holds(
        BASE | OF_A_PARENT[name] | {"model": RESNET, "parents": {"weights": DESCENT}},
        pictures,
        parent,
        tmp_path,
        device,
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_perceptron_with_all_recorders_ends_with_the_same_bytes(clouds, settings, tmp_path, dtype):
    holds(settings | {"record": list(RECORDERS), "dtype": dtype, "epochs": 7}, clouds, None, tmp_path)


def test_rows_that_are_taken_in_turn_are_taken_up_where_they_were_left(clouds, settings, tmp_path):
    holds(settings | {"shuffle": False}, clouds, None, tmp_path)


def test_the_best_weights_outlast_an_interruption_though_no_later_epoch_is_as_good(clouds, settings, tmp_path):
    """Validation examples with the wrong labels: what is learned makes them worse."""
    wrong = replace(clouds, labels=clouds.labels | {"validation": 1 - clouds.labels["validation"]})
    assert holds(settings, wrong, None, tmp_path).best_epoch == 1


def test_a_run_that_diverges_after_an_interruption_has_diverged_in_the_same_epoch(clouds, settings, tmp_path):
    wild = settings | {"model": settings["model"] | {"batch_norm": False}, "batch_size": 16}
    wild |= {"optimiser": PLAIN | {"lr": 1e4, "momentum": 0.9}, "epochs": 40}
    whole = train(wild, clouds, 3, "cpu", None)
    with pytest.raises(Interrupted):
        train(wild, clouds, 3, "cpu", None, After(FileCheckpointer(tmp_path), 3, signal.SIGTERM))
    assert train(wild, clouds, 3, "cpu", None, FileCheckpointer(tmp_path)).diverged_epoch == whole.diverged_epoch


@pytest.fixture
def interrupted(clouds, settings, tmp_path):
    """Interrupts a training of the clouds, so that its state lies in a folder."""
    with pytest.raises(Interrupted):
        train(settings, clouds, 1, "cpu", None, After(FileCheckpointer(tmp_path), 9, signal.SIGTERM))
    return tmp_path


def test_what_is_kept_says_how_far_the_run_is(interrupted):
    progress = json.loads((interrupted / PROGRESS).read_text())
    assert (progress["epoch"], progress["epochs"], progress["device"]) == (2, 5, "cpu")
    assert progress["seconds_left"] > 0
    assert {"host", "pid", "written", "seconds"} <= progress.keys()
    with safe_open(interrupted / STATE, framework="numpy") as state:
        assert "state/model/fc1.weight" in state.keys()  # noqa: SIM118 (no dict)


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("is of other settings", {"settings": {"epochs": 6}}),
        ("is of another seed", {"seed": 2}),
        ("is of other examples", {"examples": True}),
        ("is of other code", {"code": "another"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_state_of_another_training_is_refused_with_the_reason(
    clouds, settings, interrupted, capsys, reason, change
):
    changed = settings | change.get("settings", {})
    data = replace(clouds, classes=2, inputs=clouds.inputs | {"validation": clouds.inputs["validation"] + 1})
    data, seed = data if "examples" in change else clouds, change.get("seed", 1)
    found = train(changed, data, seed, "cpu", None, FileCheckpointer(interrupted), change.get("code", ""))
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if reason in line and "trained from its start" in line]
    fresh = train(changed, data, seed, "cpu", None)
    np.testing.assert_array_equal(found.weights["last.fc1.weight"], fresh.weights["last.fc1.weight"])


def test_a_state_saved_on_another_processor_is_refused_since_its_sums_differ(
    clouds, settings, interrupted, capsys, monkeypatch
):
    monkeypatch.setattr(cache_key, "processor", lambda _: "of long ago")
    train(settings, clouds, 1, "cpu", None, FileCheckpointer(interrupted))
    assert "is of another instruction set of the processor" in capsys.readouterr().out


def test_the_state_of_a_child_of_other_weights_is_refused(pictures, parent, tmp_path, capsys):
    settings = BASE | {"model": RESNET, "parents": {"weights": DESCENT}, "trainable": ["output"]}
    with pytest.raises(Interrupted):
        train(settings, pictures, 1, "cpu", parent, After(FileCheckpointer(tmp_path), 2, signal.SIGTERM))
    other = tmp_path / "other.safetensors"
    write_weights(other, train(BASE | {"model": RESNET, "epochs": 1}, pictures, 8, "cpu", None))
    train(settings, pictures, 1, "cpu", other, FileCheckpointer(tmp_path))
    assert "is of other parents" in capsys.readouterr().out


def damages(whole: bytes):
    middle = len(whole) // 2
    yield whole[:middle]
    yield b""
    yield whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:]
    yield whole.replace(b'\\"finished\\": 2', b'\\"finished\\": 3')


def test_a_damaged_state_is_refused_and_the_run_trained_from_its_start(clouds, settings, interrupted, capsys):
    path = interrupted / STATE
    whole = path.read_bytes()
    expected = train(settings, clouds, 1, "cpu", None).weights["last.fc1.weight"]
    for damaged in damages(whole):
        assert damaged != whole
        path.write_bytes(damaged)
        found = train(settings, clouds, 1, "cpu", None, FileCheckpointer(interrupted))
        assert "is damaged" in capsys.readouterr().out
        np.testing.assert_array_equal(found.weights["last.fc1.weight"], expected)


def test_a_state_that_cannot_be_written_is_told_in_a_line_and_the_training_goes_on(clouds, settings, tmp_path, capsys):
    """A folder that is none stands in for a disk that is full."""
    (tmp_path / "resume").write_text("")
    checkpointer = FileCheckpointer(tmp_path / "resume", interval=0)
    found = train(settings, clouds, 1, "cpu", None, checkpointer)
    assert "cannot be saved, and it continues without" in capsys.readouterr().out
    fresh = train(settings, clouds, 1, "cpu", None)
    np.testing.assert_array_equal(found.weights["last.fc1.weight"], fresh.weights["last.fc1.weight"])


def test_a_second_signal_while_the_state_is_written_leaves_it_whole(clouds, settings, tmp_path, monkeypatch):
    checkpointer = FileCheckpointer(tmp_path)
    save = checkpointer._save

    def save_and_be_hit_again():
        signal.raise_signal(signal.SIGTERM)
        saved = save()
        signal.raise_signal(signal.SIGINT)
        return saved

    monkeypatch.setattr(checkpointer, "_save", save_and_be_hit_again)
    with pytest.raises(Interrupted):
        train(settings, clouds, 1, "cpu", None, After(checkpointer, 9, signal.SIGTERM))
    found = train(settings, clouds, 1, "cpu", None, FileCheckpointer(tmp_path))
    fresh = train(settings, clouds, 1, "cpu", None)
    np.testing.assert_array_equal(found.weights["last.fc1.weight"], fresh.weights["last.fc1.weight"])


def test_signals_do_after_a_training_what_they_did_before(clouds, settings, tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    train(settings, clouds, 1, "cpu", None, FileCheckpointer(tmp_path))
    assert signal.getsignal(signal.SIGTERM) is before
