"""What goes through the layers of a network: planted dead units, known ranks, gradients and statistics by hand."""

import math

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from training import train

from folklore.data.input_spec import InputSpec
from folklore.train.batches import batches_by_split
from folklore.train.evaluation import predict
from folklore.train.network import build_model
from folklore.train.objectives.cross_entropy import CrossEntropy
from folklore.train.recorders.activation_gradients import ActivationGradients
from folklore.train.recorders.hidden import hidden_layers
from folklore.train.recorders.layer_outputs import LayerOutputs
from folklore.train.recorders.recorder import RecordedTraining
from folklore.train.recorders.units import Units, effective_rank


@pytest.fixture
def data(clouds):
    return batches_by_split(clouds, torch.device("cpu"))


def begun(model, data, settings):
    return RecordedTraining(model, data, CrossEntropy(), settings, seed=1)


def noted(notes, moment, measure):
    return {note.name: note.value for note in notes if (note.time_point, note.statistic) == (moment, measure)}


def deep(settings, **changes):
    return settings | {
        "model": settings["model"] | {"widths": [8], "depth": 3, "dropout": 0.0, "batch_norm": False} | changes
    }


def test_a_layer_whose_biases_are_far_below_zero_is_dead(data, settings):
    settings = deep(settings)
    torch.manual_seed(0)
    model = build_model(settings["model"], InputSpec((2,)), 2)
    nn.init.zeros_(model.fc1.bias)  # the inputs lie on all sides of 0, so every unit has some above it
    nn.init.constant_(model.fc2.bias, -100.0)
    nn.init.constant_(model.fc3.bias, 100.0)
    notes = Units(begun(model, data, settings)).measurements(0)
    assert noted(notes, "start", "dead") == {"fc1": 0, "fc2": 1, "fc3": 0}
    active = noted(notes, "start", "active")
    assert (active["fc2"], active["fc3"]) == (0, 1)
    by_hand = (model.fc1(data["train"].whole().inputs) > 0).float().mean().item()
    assert active["fc1"] == pytest.approx(by_hand)
    assert set(noted(notes, "start", "rank")) >= {"fc1"}


def test_one_unit_that_is_never_above_zero_is_its_share_of_the_layer(data, settings):
    model = build_model(deep(settings)["model"], InputSpec((2,)), 2)
    nn.init.constant_(model.fc1.bias, 10.0)
    model.fc1.bias.data[3] = -100.0
    assert noted(Units(begun(model, data, deep(settings))).measurements(0), "start", "dead")["fc1"] == 1 / 8


def test_units_are_looked_at_after_every_epoch_and_the_end_is_the_last_of_them(clouds, settings):
    notes = train(settings | {"record": ["units"]}, clouds, seed=1, device="cpu", parent=None).measurements["units"]
    after = [note.value for note in notes if (note.time_point, note.statistic) == ("after_epoch", "active")]
    assert len(after) == settings["epochs"]
    assert noted(notes, "end", "active") == {"fc1": after[-1]}


def test_the_effective_rank_counts_directions_that_vary_equally():
    """Columns of a Hadamard matrix have mean 0 and are at right angles."""
    waves = torch.tensor([[1, 1, 1], [-1, 1, -1], [1, -1, -1], [-1, -1, 1]], dtype=torch.float32)
    assert effective_rank(waves) == pytest.approx(3)
    assert effective_rank(waves[:, [0, 0, 1]] + 5) == pytest.approx(
        math.exp(-sum(share * math.log(share) for share in (2**0.5 / (1 + 2**0.5), 1 / (1 + 2**0.5))))
    )
    assert effective_rank(waves[:, [0, 0, 0]]) == pytest.approx(1, abs=1e-5)
    assert math.isnan(effective_rank(torch.ones(4, 3)))


def test_hidden_layers_end_with_their_activation_or_with_the_sum_that_follows_it():
    mlp = {"name": "residual_mlp", "width": 4, "depth": 3, "activation": "tanh", "batch_norm": True}
    found = [(layer.name, layer.activation, layer.end) for layer in hidden_layers(build_model(mlp, InputSpec((2,)), 2))]
    assert found == [("fc1", "tanh1", "tanh1"), ("fc2", "tanh2", "add2"), ("fc3", "tanh3", "add3")]
    cnn = {"name": "residual_cnn", "channels": [4, 4], "hidden": 8, "dropout": 0.2, "batch_norm": True}
    found = [
        (layer.name, layer.activation, layer.end) for layer in hidden_layers(build_model(cnn, InputSpec((3, 8, 8)), 2))
    ]
    assert found == [("fc1", "relu_fc1", "relu_fc1")]


def test_the_flow_is_the_gradient_of_the_loss_by_the_output_of_each_hidden_layer(data, settings):
    settings = deep(settings)
    torch.manual_seed(0)
    model = build_model(settings["model"], InputSpec((2,)), 2)
    notes = ActivationGradients(begun(model, data, settings)).measurements(0)
    batch = data["train"].whole()
    inputs, labels = batch.inputs, batch.labels
    first = model.fc1(inputs).relu()
    second = model.fc2(first).relu()
    third = model.fc3(second).relu()
    gradients = torch.autograd.grad(cross_entropy(model.output(third), labels), [first, second, third])
    norms = [gradient.norm().item() for gradient in gradients]
    assert list(noted(notes, "start", "norm").values()) == pytest.approx(norms)
    relative = noted(notes, "start", "relative_norm")
    assert relative["fc1"] == pytest.approx(norms[0] / norms[2])
    assert relative["fc3"] == 1


def test_nothing_flows_past_a_dead_layer_but_where_there_is_a_way_past_it(data, settings):
    plain, residual = (
        deep(settings),
        settings
        | {"model": {"name": "residual_mlp", "width": 8, "depth": 3, "activation": "relu", "batch_norm": False}},
    )
    for chosen, dies in ((plain, True), (residual, False)):
        torch.manual_seed(0)
        model = build_model(chosen["model"], InputSpec((2,)), 2)
        nn.init.constant_(model.get_submodule("fc2").bias, -100.0)
        norm = noted(ActivationGradients(begun(model, data, chosen)).measurements(0), "start", "norm")
        assert norm["fc3"] > 0
        assert (norm["fc1"] == 0) == dies


def test_a_network_without_hidden_layers_has_no_units_and_no_flow(data, settings):
    model = build_model({"name": "linear"}, InputSpec((2,)), 2)
    assert (
        Units(begun(model, data, settings)).measurements(0)
        == ActivationGradients(begun(model, data, settings)).measurements(0)
        == []
    )


def test_layers_are_described_over_all_examples_of_the_epoch(clouds, settings, data):
    """Nothing moves at rate 0 and nothing is dropped, so all parts can be computed by hand."""
    still = deep(settings) | {
        "optimiser": settings["optimiser"] | {"lr": 0.0},
        "record": ["layer_outputs"],
        "epochs": 1,
    }
    notes = train(still, clouds, seed=1, device="cpu", parent=None).measurements["layer_outputs"]
    torch.manual_seed(1)
    model = build_model(still["model"], InputSpec((2,)), 2)
    mean, sd = noted(notes, "after_epoch", "mean"), noted(notes, "after_epoch", "sd")
    for part, feed in (("training", "train"), ("train", "train"), *[("validation", "validation")] * 2):
        hidden = model.fc1(data[feed].whole().inputs)
        assert mean[f"{part}/fc1"] == pytest.approx(hidden.mean().item(), rel=1e-4)
        assert sd[f"{part}/fc1"] == pytest.approx(hidden.std(correction=0).item(), rel=1e-4)
        assert mean[f"{part}/relu1"] == pytest.approx(hidden.relu().mean().item(), rel=1e-4)
    assert mean["validation_batches/output"] == pytest.approx(mean["validation/output"], rel=1e-4)
    assert [name.split("/")[1] for name in mean][:7] == ["fc1", "relu1", "fc2", "relu2", "fc3", "relu3", "output"]


def test_in_batches_of_its_own_statistics_batch_norm_gives_validation_mean_0_and_sd_1(clouds, settings):
    """Its scale and shift stay 1 and 0 at rate 0, while running statistics begin far from those of the data."""
    still = settings | {
        "model": settings["model"] | {"dropout": 0.5},
        "optimiser": settings["optimiser"] | {"lr": 0.0},
        "record": ["layer_outputs"],
        "epochs": 1,
    }
    notes = train(still, clouds, seed=1, device="cpu", parent=None).measurements["layer_outputs"]
    mean, sd = noted(notes, "after_epoch", "mean"), noted(notes, "after_epoch", "sd")
    for part in ("training", "validation_batches"):
        assert mean[f"{part}/bn1"] == pytest.approx(0, abs=1e-5)
        assert sd[f"{part}/bn1"] == pytest.approx(1, abs=0.01)
    assert abs(sd["validation/bn1"] - 1) > 0.01


def test_the_same_examples_in_mini_batches_have_the_statistics_of_training(clouds, settings, data):
    """One batch holds all of them, and validation is made to hold the training examples."""
    whole = settings | {"batch_size": 200, "model": settings["model"] | {"dropout": 0.0}}
    torch.manual_seed(0)
    model = build_model(whole["model"], InputSpec((2,)), 2)
    recorder = LayerOutputs(begun(model, {"train": data["train"], "validation": data["train"]}, whole))
    before = model.bn1.running_mean.clone()
    model.train()(data["train"].whole().inputs)
    moved = model.bn1.running_mean.clone()
    with recorder.during_evaluation("validation"):
        predict(model, data["train"])
    recorder.after_epoch(1)
    mean = noted(recorder.measurements(0), "after_epoch", "mean")
    assert mean["validation_batches/output"] == pytest.approx(mean["training/output"], rel=1e-5)
    assert mean["validation/output"] != pytest.approx(mean["training/output"], rel=1e-2)
    assert (before != moved).any()
    np.testing.assert_array_equal(model.bn1.running_mean, moved)
