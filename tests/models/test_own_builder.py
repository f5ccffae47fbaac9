"""A model of the user's own: a function in a file that the study names."""

import sys

import pytest
import torch

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError
from folklore.models import own
from folklore.train.model_summary import model_summary
from folklore.train.network import build_model, init_model

CODE = """
from torch import nn
from widths import doubled

def build(inputs, classes, width, depth=1):
    hidden = [layer for _ in range(depth) for layer in (nn.LazyLinear(doubled(width)), nn.ReLU())]
    return nn.Sequential(nn.Flatten(), *hidden, nn.LazyLinear(classes))

def number(inputs, classes):
    return 3

def narrow(inputs, classes):
    return nn.Sequential(nn.Flatten(), nn.Linear(inputs.width, classes - 1))
"""
INPUTS = InputSpec((1, 4, 4))


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    """A file with builders, and one beside it that it imports from."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/nets.py").write_text(CODE)
    (tmp_path / "mine/widths.py").write_text("def doubled(width):\n    return 2 * width\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    own._module.cache_clear()
    yield tmp_path
    sys.modules.pop("widths", None)


def built(function="build", **settings):
    return build_model({"name": "own", "build": f"mine/nets.py:{function}", "settings": settings}, INPUTS, 3)


def test_the_function_gets_the_inputs_the_classes_and_the_settings():
    model = built(width=4, depth=2)
    assert [tuple(tensor.shape) for tensor in model.parameters()] == [(8, 16), (8,), (8, 8), (8,), (3, 8), (3,)]
    assert model.training
    assert sum(row["parameters"] for row in model_summary(model, INPUTS)) == 16 * 8 + 8 + 8 * 8 + 8 + 3 * 8 + 3


def test_its_initial_weights_follow_the_seed():
    first, second, third = (torch.manual_seed(seed) and next(built(width=4).parameters()) for seed in (1, 1, 2))
    assert torch.equal(first, second) and not torch.equal(first, third)


@pytest.mark.parametrize(
    ("function", "settings", "message"),
    [
        ("biuld", {}, "model.build: mine/nets.py: no function 'biuld'; did you mean 'build'?"),
        ("build", {"wdith": 4}, r"model.settings: mine/nets.py:build: missing a required argument: 'width'"),
        ("build", {"width": 4, "deep": 1}, "got an unexpected keyword argument 'deep'"),
        ("number", {}, "expected a torch.nn.Module; got int"),
        ("narrow", {}, r"expected logits of shape \[2, 3\] for 2 images .*; got shape \[2, 2\]"),
    ],
)
def test_code_that_cannot_build_the_network_is_one_message(function, settings, message):
    with pytest.raises(UserError, match=message):
        built(function, **settings)


def test_a_file_that_is_not_there_is_named_with_the_folder_that_it_is_missing_from(files):
    with pytest.raises(UserError, match=f"missing.py does not exist in {files}"):
        build_model({"name": "own", "build": "missing.py:build", "settings": {}}, INPUTS, 3)


def test_a_layer_to_train_that_the_network_lacks_is_told_when_the_run_starts():
    settings = {"name": "own", "build": "mine/nets.py:build", "settings": {"width": 4}}
    with pytest.raises(UserError, match="trainable: no layer with parameters 'output'; There are: 1, 3"):
        init_model({"model": settings, "trainable": ["output"], "dtype": "float32"}, INPUTS, 3, parent=None)
