"""Masks are those of torch's own pruning; what is pruned stays 0; a mask contains the mask of its parent's run."""

import numpy as np
import pytest
import torch
from torch.nn.utils import prune
from training import train

from folklore.execution.errors import UserError
from folklore.train.learners import gradient_descent
from folklore.train.learners.learner import TrainedModel, TrainingJob
from folklore.train.network import build_model
from folklore.train.pruning import pruning_masks
from folklore.train.result import write_weights
from folklore.train.weights import weights_of

AMOUNT = 0.3


@pytest.fixture
def network(clouds, settings):
    torch.manual_seed(0)
    return build_model(settings["model"] | {"widths": [8, 6]}, clouds.input_spec, clouds.classes)


def weights_in(network):
    """(module, parameter) of each weight, as torch's pruning takes them."""
    return [(module, "weight") for module in network.modules() if isinstance(module, torch.nn.Linear)]


def torchs_masks(network):
    names = {module: name for name, module in network.named_modules()}
    return {f"{names[module]}.weight": module.weight_mask.bool().numpy() for module, _ in weights_in(network)}


def by_torch(network, scope):
    if scope == "global":
        prune.global_unstructured(weights_in(network), prune.L1Unstructured, amount=AMOUNT)
    else:
        for module, name in weights_in(network):
            prune.l1_unstructured(module, name, amount=AMOUNT)
    return torchs_masks(network)


@pytest.mark.parametrize("scope", ["layer", "global"])
def test_masks_are_those_of_torchs_pruning(network, scope):
    found = pruning_masks(weights_of(network, "last"), "last", AMOUNT, scope, None)
    expected = by_torch(network, scope)
    assert found.keys() == expected.keys()  # weights alone, no biases and no batch norm
    for name, mask in expected.items():
        np.testing.assert_array_equal(found[name], mask)


def test_a_mask_of_a_pruned_run_prunes_a_share_of_what_is_left(network):
    weights = weights_of(network, "last")
    first = pruning_masks(weights, "last", AMOUNT, "layer", None)
    second = pruning_masks(weights | {f"mask.{name}": m for name, m in first.items()}, "last", AMOUNT, "layer", None)
    by_torch(network, "layer")
    for name, expected in by_torch(network, "layer").items():
        np.testing.assert_array_equal(second[name], expected)
        assert not (second[name] & ~first[name]).any()


def test_layers_that_are_not_named_keep_the_runs_own_mask_and_are_not_pruned(network):
    own = np.ones((6, 8), bool)
    own[0] = False
    found = pruning_masks(weights_of(network, "last") | {"mask.fc2.weight": own}, "last", 0.5, "layer", ["fc1"])
    assert found.keys() == {"fc1.weight", "fc2.weight"}
    np.testing.assert_array_equal(found["fc2.weight"], own)
    assert found["fc1.weight"].sum() == 8


def test_a_layer_without_weights_to_prune_is_refused_by_name(network):
    with pytest.raises(UserError, match="no weights to prune in bn1"):
        pruning_masks(weights_of(network, "last"), "last", 0.5, "layer", ["fc1", "bn1"])


def edge(**changes):
    return {"recipe": "x", "checkpoint": "last", "layers": None, "seed": None} | changes


def child(settings, clouds, parents, **edges):
    """Train with the parents that are given, by name of the edge."""
    return gradient_descent.fit(TrainingJob(settings | {"parents": edges}, clouds, 2, "cpu", parents))


@pytest.fixture
def dense(clouds, settings, tmp_path):
    path = tmp_path / "dense.safetensors"
    write_weights(path, train(settings | {"epochs": 2}, clouds, seed=2))
    return path


OPTIMISERS = [
    {"name": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": False, "weight_decay": 0.01},
    {"name": "adam", "lr": 0.01, "betas": [0.9, 0.999], "weight_decay": 0.0},
]


@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=["sgd", "adam"])
def test_pruned_weights_are_0_in_every_checkpoint_and_the_others_learn(clouds, settings, dense, optimiser):
    mask = edge(amount=0.5, scope="layer")
    trained = child(settings | {"optimiser": optimiser}, clouds, {"mask": dense}, mask=mask).weights
    for name in ("fc1.weight", "output.weight"):
        kept = trained[f"mask.{name}"]
        assert kept.sum() == kept.size / 2
        for checkpoint in ("initial", "last", "best"):
            assert not trained[f"{checkpoint}.{name}"][~kept].any()
            assert trained[f"{checkpoint}.{name}"][kept].all()
        assert (trained[f"initial.{name}"] != trained[f"last.{name}"])[kept].any()


def test_a_lottery_ticket_has_the_dense_nets_initial_weights_where_its_mask_is_1(clouds, settings, dense):
    edges = {"weights": edge(checkpoint="initial"), "mask": edge(amount=0.5, scope="global")}
    ticket = child(settings, clouds, {"weights": dense, "mask": dense}, **edges).weights
    begun = train(settings | {"epochs": 1}, clouds, seed=2).weights["initial.fc1.weight"]
    np.testing.assert_array_equal(ticket["initial.fc1.weight"], np.where(ticket["mask.fc1.weight"], begun, 0))


def test_pruning_of_a_pruned_run_is_read_from_its_file(clouds, settings, dense, tmp_path):
    first = child(settings, clouds, {"mask": dense}, mask=edge(amount=0.5, scope="layer"))
    write_weights(tmp_path / "first.safetensors", first)
    second = child(settings, clouds, {"mask": tmp_path / "first.safetensors"}, mask=edge(amount=0.5, scope="layer"))
    ours, theirs = second.weights["mask.fc1.weight"], first.weights["mask.fc1.weight"]
    assert (ours.sum(), theirs.sum()) == (4, 8)
    assert not (ours & ~theirs).any()


def test_a_mask_of_another_shape_is_refused_by_name(clouds, settings, dense):
    wider = settings | {"model": settings["model"] | {"widths": [9]}}
    with pytest.raises(UserError, match=r"does not fit the masks .*fc1\.weight"):
        child(wider, clouds, {"mask": dense}, mask=edge(amount=0.5, scope="layer"))


def test_the_logits_of_a_run_can_be_predicted_at_every_checkpoint(clouds, settings, dense):
    trained = train(settings | {"epochs": 2}, clouds, seed=2)
    model = TrainedModel(settings, trained.weights, clouds, "cpu")
    for checkpoint in ("initial", "last", "best"):
        found = gradient_descent.logits(model, "test", checkpoint)
        np.testing.assert_array_equal(found, trained.test_logits[checkpoint])
