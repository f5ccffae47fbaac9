"""A teacher's logits are those of its own learner and scaling, in the order of the training rows of the student."""

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from training import job, train

from folklore.data.dataset import Dataset, Split, save
from folklore.execution.files import write_json
from folklore.jobs.predict_logits import predict_logits
from folklore.train.examples import examples
from folklore.train.learners import gradient_descent, xgboost
from folklore.train.learners.learner import TrainingJob
from folklore.train.network import build_model
from folklore.train.result import write_weights
from folklore.train.weights import restore

ROWS = Split(np.arange(250, 100, -3), np.arange(0, 20), np.arange(260, 300))  # the student's: in an order of its own


@pytest.fixture
def dataset():
    rng = np.random.default_rng(0)
    labels = np.arange(300) % 2
    return Dataset((rng.normal(size=(300, 2)) + 4 * labels[:, None]).astype(np.float32), labels, np.array([300, 0, 0]))


@pytest.fixture
def files(dataset, tmp_path):
    """The files that the job reads, and the file that it writes."""
    own = Split(np.arange(200), np.arange(200, 250), np.arange(250, 300))
    for name, arrays in (("arrays", dataset), ("indices", own), ("rows", ROWS)):
        save(tmp_path / f"{name}.npz", arrays)
    about = {"classes": ["one", "other"], "columns": [], "shape": [2], "vocabulary": None}
    write_json(tmp_path / "provenance.json", about)
    paths = {name: tmp_path / f"{name}.npz" for name in ("arrays", "indices", "rows")}
    paths |= {name: tmp_path / f"{name}.safetensors" for name in ("weights", "logits")}
    return paths | {"provenance": tmp_path / "provenance.json"}


def asked_of(learner, settings, trained, files, checkpoint="last"):
    write_weights(files["weights"], trained)
    predict_logits(settings, learner, checkpoint, "cpu", **files)
    return load_file(files["logits"])


def test_a_teacher_sees_the_students_rows_in_its_own_scaling(clouds, settings, dataset, files):
    trained = train(settings, clouds, seed=1)
    for checkpoint in ("last", "initial"):
        found = asked_of("gradient_descent", settings, trained, files, checkpoint)["logits.train"]
        network = build_model(settings["model"], clouds.input_spec, 2)
        restore(network, trained.weights, checkpoint)
        inputs = torch.from_numpy(clouds.scaling.apply(dataset.inputs[ROWS.train]))
        np.testing.assert_allclose(found, network.eval()(inputs).detach().numpy(), rtol=1e-5, atol=1e-6)
    assert found.shape == (50, 2) and found.dtype == np.float32


def test_trees_can_teach_a_network(clouds, settings, dataset, files):
    """The student learns from logits alone, with labels that are all wrong."""
    trees = {
        "data": settings["data"],
        "model": {"name": "xgboost", "n_estimators": 20, "max_depth": 2, "learning_rate": 0.3, "subsample": 1.0},
    }
    asked_of("xgboost", trees, xgboost.fit(job(trees, clouds)), files)
    data = examples(dataset, ROWS, 2, "standardised")
    data.labels["train"] = 1 - data.labels["train"]
    objective = {"objective": {"name": "distillation", "alpha": 1.0, "temperature": 1.0}, "epochs": 20}
    student = gradient_descent.fit(TrainingJob(settings | objective, data, 1, "cpu", {"teacher": files["logits"]}))
    assert student.history[-1]["validation_accuracy"] > 0.9
    assert student.history[-1]["train_accuracy"] < 0.1


def test_the_student_of_a_teacher_that_diverged_counts_as_diverged(clouds, settings, files):
    wild = settings | {
        "optimiser": settings["optimiser"] | {"lr": 1e30},
        "model": settings["model"] | {"batch_norm": False},
    }
    assert asked_of("gradient_descent", wild, train(wild, clouds), files) == {}
    orphan = gradient_descent.fit(TrainingJob(settings, clouds, 1, "cpu", {"teacher": files["logits"]}))
    assert (orphan.diverged_epoch, orphan.parameters) == (0, None)
