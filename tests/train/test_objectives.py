"""What a step minimises: penalties, their proximal step, and distillation, each held against a result by hand."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from training import train

from folklore.execution.errors import UserError
from folklore.train import loop
from folklore.train.batches import Batch, batches_by_split
from folklore.train.checkpointing.checkpointer import NullCheckpointer
from folklore.train.learners.learner import TrainingJob
from folklore.train.objectives.cross_entropy import CrossEntropy
from folklore.train.objectives.distillation import Distillation
from folklore.train.objectives.penalised_cross_entropy import PenalisedCrossEntropy, soft_threshold
from folklore.train.parent_files import write_teacher_logits
from folklore.train.result import write_history


@pytest.fixture
def batch():
    draw = torch.Generator().manual_seed(0)
    inputs, teacher = torch.randn(6, 4, generator=draw), 3 * torch.randn(6, 3, generator=draw)
    return Batch(inputs.double(), torch.tensor([0, 1, 2, 0, 1, 2]), teacher.double())


@pytest.fixture
def model():
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Tanh(), nn.Linear(5, 3)).double()


def gradients(model, loss):
    return torch.autograd.grad(loss, list(model.parameters()))


def penalised(**settings):
    return PenalisedCrossEntropy(**{"l1": 0.0, "l2": 0.0, "parameters": "weights", "step": "gradient"} | settings)


def test_every_objective_reports_the_plain_cross_entropy_beside_what_it_minimises(model, batch):
    expected = cross_entropy(model(batch.inputs), batch.labels)
    for objective in (CrossEntropy(), penalised(l1=0.1, l2=0.1), Distillation(alpha=0.5, temperature=2.0)):
        found = objective(model, batch)
        torch.testing.assert_close(found.cross_entropy, expected, rtol=0, atol=0)
        torch.testing.assert_close(found.logits, model(batch.inputs))
    assert CrossEntropy()(model, batch).objective == expected


@pytest.mark.parametrize(("parameters", "penalised_tensors"), [("weights", (0, 4)), ("all", range(6))])
def test_penalties_add_l1_times_the_sign_and_twice_l2_times_the_weight_to_the_gradient(
    model, batch, parameters, penalised_tensors
):
    """`weights`: neither biases nor what batch norm scales by."""
    plain = gradients(model, CrossEntropy()(model, batch).objective)
    found = gradients(model, penalised(l1=0.3, l2=0.2, parameters=parameters)(model, batch).objective)
    for number, (parameter, before, after) in enumerate(zip(model.parameters(), plain, found, strict=True)):
        added = 0.3 * parameter.sign() + 2 * 0.2 * parameter if number in penalised_tensors else 0 * parameter
        torch.testing.assert_close(after, before + added)


def test_a_frozen_parameter_is_not_penalised(model, batch):
    model[0].requires_grad_(False)
    loss = CrossEntropy()(model, batch).objective
    squares = model[3].weight.square().sum()
    torch.testing.assert_close(penalised(l2=0.5)(model, batch).objective, loss + 0.5 * squares)


def test_a_soft_threshold_solves_its_problem():
    """Of (w − v)² / 2 + t · |w|, compared with the least of a fine grid."""
    grid = torch.linspace(-4, 4, 80_001, dtype=torch.float64)
    values = torch.tensor([-3.0, -0.5, -0.4999, 0.0, 0.2, 0.5, 2.5], dtype=torch.float64)
    by_grid = [grid[((grid - value).square() / 2 + 0.5 * grid.abs()).argmin()].item() for value in values]
    torch.testing.assert_close(
        soft_threshold(values, 0.5), torch.tensor(by_grid, dtype=torch.float64), atol=1e-4, rtol=0
    )
    assert (soft_threshold(values, 0.5) == 0).tolist() == [False, True, True, True, True, True, False]


@pytest.mark.parametrize("kind", [torch.optim.SGD, torch.optim.Adam])
def test_a_proximal_step_is_the_optimisers_step_and_then_the_soft_threshold(model, batch, kind):
    objective = penalised(l1=0.8, step="proximal")
    torch.manual_seed(1)
    twin = nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Tanh(), nn.Linear(5, 3)).double()
    ours, plain = kind(model.parameters(), lr=0.1), kind(twin.parameters(), lr=0.1)
    objective.prepare(ours)
    for used, net, minimised in ((ours, model, objective), (plain, twin, CrossEntropy())):
        minimised(net, batch).objective.backward()
        used.step()
    for found, expected in zip(model.parameters(), twin.parameters(), strict=True):
        by_hand = soft_threshold(expected, 0.1 * 0.8) if expected.ndim > 1 else expected
        torch.testing.assert_close(found, by_hand)


def test_proximal_steps_find_the_known_solution_of_a_lasso_and_gradient_steps_leave_no_zero(batch):
    """At the minimum every weight that is 0 has |gradient| ≤ λ, every other one a gradient of −λ · sign(w)."""

    def solved(step):
        torch.manual_seed(1)
        model, objective = nn.Linear(4, 3).double(), penalised(l1=0.1, step=step)
        optimiser = torch.optim.SGD(model.parameters(), lr=0.5)
        objective.prepare(optimiser)
        for _ in range(3000):
            optimiser.zero_grad()
            objective(model, batch).objective.backward()
            optimiser.step()
        return model

    model = solved("proximal")
    weight = model.weight.detach()
    (gradient, _) = gradients(model, CrossEntropy()(model, batch).objective)
    assert 0 < (weight == 0).sum() < weight.numel()
    assert gradient[weight == 0].abs().max() <= 0.1 + 1e-9
    torch.testing.assert_close(gradient[weight != 0], -0.1 * weight[weight != 0].sign())
    assert (solved("gradient").weight == 0).sum() == 0


def test_the_gradient_of_distillation_is_that_of_a_divergence_written_by_hand(model, batch):
    alpha, temperature = 0.7, 5.0
    logits = model(batch.inputs)
    student = (logits / temperature).exp() / (logits / temperature).exp().sum(dim=1, keepdim=True)
    soft = (batch.teacher_logits / temperature).exp()
    teacher = soft / soft.sum(dim=1, keepdim=True)
    divergence = (teacher * (teacher.log() - student.log())).sum() / len(logits)
    hard = -(logits - logits.logsumexp(dim=1, keepdim=True))[torch.arange(6), batch.labels].mean()
    expected = (1 - alpha) * hard + alpha * temperature**2 * divergence
    found = Distillation(alpha, temperature)(model, batch).objective
    torch.testing.assert_close(found, expected)
    for ours, by_hand in zip(gradients(model, found), gradients(model, expected), strict=True):
        torch.testing.assert_close(ours, by_hand)


def test_distillation_without_a_share_of_the_teacher_is_cross_entropy(model, batch):
    plain = CrossEntropy()(model, batch).objective
    assert Distillation(alpha=0.0, temperature=40.0)(model, batch).objective == plain


def test_at_temperature_1_a_certain_teacher_is_as_good_as_labels(model, batch):
    sure = Batch(batch.inputs, batch.labels, 1e3 * torch.eye(3, dtype=torch.float64)[batch.labels])
    torch.testing.assert_close(
        Distillation(alpha=1.0, temperature=1.0)(model, sure).objective, CrossEntropy()(model, sure).objective
    )


def test_a_high_temperature_matches_centred_logits(model, batch):
    """The gradient by the logits tends to the difference of the centred logits, divided by the classes and examples."""
    logits = model(batch.inputs).detach().requires_grad_()
    objective = Distillation(alpha=1.0, temperature=1e4)(lambda _inputs: logits, batch).objective
    (found,) = torch.autograd.grad(objective, logits)
    centred = [values - values.mean(dim=1, keepdim=True) for values in (logits.detach(), batch.teacher_logits)]
    torch.testing.assert_close(found, (centred[0] - centred[1]) / (3 * 6), rtol=1e-3, atol=1e-6)


def test_rows_keep_their_teacher(clouds):
    data = batches_by_split(clouds, torch.device("cpu"))["train"]
    taught = replace(data, teacher_logits=torch.arange(2.0 * len(data)).view(-1, 2))
    rows = torch.tensor([7, 3])
    np.testing.assert_array_equal(taught.batch(rows).teacher_logits, [[14, 15], [6, 7]])
    np.testing.assert_array_equal(taught.first(2).whole().teacher_logits, [[0, 1], [2, 3]])


def trained(clouds, settings, objective, **changes):
    quiet = settings["model"] | {"dropout": 0.0, "batch_norm": False}
    return train(settings | {"model": quiet, "objective": objective} | changes, clouds, 1, "cpu", None)


def test_the_history_has_the_plain_loss_and_what_was_minimised_beside_it(clouds, settings, tmp_path):
    still = settings["optimiser"] | {"lr": 0.0}
    penalty = {"name": "penalised_cross_entropy", "l1": 0.5, "l2": 0.25, "parameters": "all", "step": "gradient"}
    run = trained(clouds, settings, penalty, optimiser=still, epochs=1)
    (row,) = run.history
    weights = np.concatenate([run.weights[name].ravel() for name in run.weights if name.startswith("last.")])
    assert row["running_loss"] == pytest.approx(row["train_loss"], rel=1e-5)
    expected = row["running_loss"] + 0.5 * np.abs(weights).sum() + 0.25 * (weights**2).sum()
    assert row["objective"] == pytest.approx(expected, rel=1e-5)
    write_history(tmp_path / "history.csv", run)
    assert (tmp_path / "history.csv").read_text().splitlines()[0].endswith(",update_norm,objective")


def test_without_a_penalty_every_byte_but_the_further_column_is_that_of_cross_entropy(clouds, settings):
    nothing = {"name": "penalised_cross_entropy", "l1": 0.0, "l2": 0.0, "parameters": "weights", "step": "proximal"}
    ours, plain = trained(clouds, settings, nothing), trained(clouds, settings, {"name": "cross_entropy"})
    assert [row.pop("objective") for row in ours.history] == [row["running_loss"] for row in plain.history]
    assert ours.history == plain.history
    for name, values in plain.weights.items():
        np.testing.assert_array_equal(ours.weights[name], values)


def test_a_proximal_penalty_leaves_weights_at_exactly_zero(clouds, settings):
    proximal = {"name": "penalised_cross_entropy", "l1": 0.02, "l2": 0.0, "parameters": "weights", "step": "proximal"}
    weights = trained(clouds, settings, proximal, epochs=20).weights
    assert 0 < (weights["last.fc1.weight"] == 0).sum() < weights["last.fc1.weight"].size
    assert (weights["last.fc1.bias"] != 0).all()
    by_gradient = trained(clouds, settings, proximal | {"step": "gradient"}, epochs=20).weights
    assert (by_gradient["last.fc1.weight"] != 0).all()


def test_recorders_measure_the_gradient_of_what_is_minimised(clouds, settings):
    penalty = {"name": "penalised_cross_entropy", "l1": 0.0, "l2": 100.0, "parameters": "weights", "step": "gradient"}
    run = trained(clouds, settings, penalty, record=["gradients"], epochs=1)
    norm = next(
        note.value
        for note in run.measurements["gradients"]
        if (note.time_point, note.name, note.statistic) == ("start", "fc1.weight", "norm")
    )
    assert norm == pytest.approx(200 * np.linalg.norm(run.weights["initial.fc1.weight"]), rel=0.01)


@pytest.fixture
def teacher(clouds, tmp_path):
    """A teacher that is certain of the other class, for every training example."""
    path = tmp_path / "teacher.safetensors"
    write_teacher_logits(path, 20 * np.eye(2, dtype=np.float32)[1 - clouds.labels["train"]])
    return path


def taught(clouds, settings, teacher, alpha):
    soft = {"name": "distillation", "alpha": alpha, "temperature": 2.0}
    quiet = settings["model"] | {"dropout": 0.0, "batch_norm": False}
    student = settings | {"model": quiet, "objective": soft, "epochs": 10}
    return loop.train(TrainingJob(student, clouds, 1, "cpu", {"teacher": teacher}), NullCheckpointer())


def test_a_student_learns_what_its_teacher_says_and_not_the_labels(clouds, settings, teacher):
    run = taught(clouds, settings, teacher, alpha=1.0)
    assert (run.test_logits["last"].argmax(axis=1) == 1 - clouds.labels["test"]).mean() > 0.95
    assert run.history[-1]["objective"] < run.history[0]["objective"]
    assert run.history[-1]["running_loss"] > run.history[0]["running_loss"]


def test_a_student_without_a_share_of_its_teacher_is_trained_on_the_labels_alone(clouds, settings, teacher):
    ours = taught(clouds, settings, teacher, alpha=0.0)
    plain = trained(clouds, settings, {"name": "cross_entropy"}, epochs=10)
    np.testing.assert_array_equal(ours.weights["last.fc1.weight"], plain.weights["last.fc1.weight"])


def test_logits_for_other_examples_are_refused_with_the_shape_that_is_expected(clouds, settings, tmp_path):
    write_teacher_logits(tmp_path / "few.safetensors", np.zeros((7, 2), np.float32))
    with pytest.raises(UserError, match=r"`parents.teacher`: expected logits \[200, 2\]; got \[7, 2\]"):
        taught(clouds, settings, tmp_path / "few.safetensors", alpha=1.0)
