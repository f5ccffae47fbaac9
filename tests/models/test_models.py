"""Parameter counts are those of the catalogue; settings change what they name and nothing else."""

import inspect
from pkgutil import resolve_name
from typing import get_args

import pytest
import torch

from folklore.ingredients import LEARNER_OF, Mlp, Model
from folklore.models import MODELS
from folklore.models.mlp import ACTIVATIONS
from folklore.train.description import layers
from folklore.train.loop import build_model

CNN = {"name": "cnn", "channels": [16, 32, 64], "hidden": 64, "dropout": 0.0, "batch_norm": False}
MLP = {"name": "mlp", "widths": [128, 64], "depth": 1, "activation": "relu", "dropout": 0.0, "batch_norm": False}
EUROPE = MLP | {"widths": [16], "depth": 6}


def parameters(settings, shape, classes):
    return sum(tensor.numel() for tensor in build_model(settings, shape, classes).parameters())


@pytest.mark.parametrize(
    ("settings", "shape", "classes", "expected"),
    [
        (CNN, (3, 32, 32), 10, 89_834),
        (CNN | {"dropout": 0.6}, (3, 32, 32), 10, 89_834),
        (CNN | {"batch_norm": True}, (3, 32, 32), 10, 90_186),
        (MLP, (1, 28, 28), 10, 109_386),
        (MLP | {"batch_norm": True}, (1, 28, 28), 10, 109_770),
        (MLP | {"widths": [16, 8]}, (1, 28, 28), 10, 12_786),
        (EUROPE, (2,), 33, 1_969),
        (EUROPE | {"batch_norm": True}, (2,), 33, 2_161),
        ({"name": "linear"}, (1, 28, 28), 10, 7_850),
    ],
)
def test_parameter_counts_are_those_of_the_catalogue(settings, shape, classes, expected):
    assert parameters(settings, shape, classes) == expected


def test_the_cnn_costs_the_multiply_adds_of_the_catalogue():
    rows = {row["layer"]: row for row in layers(build_model(CNN, (3, 32, 32), 10), (3, 32, 32))}
    assert sum(row["macs"] for row in rows.values()) == 2_867_840
    assert rows["conv2"]["macs"] == 1_179_648
    assert rows["fc1"]["parameters"] == 65_600
    assert rows["conv1"]["output"] == "16×32×32"
    assert rows["fc1"]["activation"] == "ReLU"
    assert rows["fc2"]["activation"] is None


def test_pooling_before_relu_gives_the_published_networks_logits():
    torch.manual_seed(0)
    model = build_model(CNN, (3, 32, 32), 10)
    published = torch.nn.Sequential(
        *(layer for n in (1, 2, 3) for layer in (getattr(model, f"conv{n}"), torch.nn.ReLU(), torch.nn.MaxPool2d(2))),
        *(model.flatten, model.fc1, torch.nn.ReLU(), model.fc2),
    )
    images = torch.randn(8, 3, 32, 32)
    torch.testing.assert_close(model(images), published(images))


def test_every_model_of_the_vocabulary_has_a_builder_or_a_learner_of_its_own():
    blocks = {get_args(block.model_fields["name"].annotation)[0]: block for block in get_args(get_args(Model)[0])}
    assert set(blocks) == set(MODELS) | set(LEARNER_OF)
    for name, target in MODELS.items():
        taken = set(inspect.signature(resolve_name(target)).parameters) - {"shape", "classes"}
        assert taken == set(blocks[name].model_fields) - {"name"}


def test_every_activation_of_the_vocabulary_can_be_built():
    assert set(get_args(Mlp.model_fields["activation"].annotation)) == set(ACTIVATIONS)
