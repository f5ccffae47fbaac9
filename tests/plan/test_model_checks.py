"""Models that cannot train on their data are errors before anything is trained."""

import pytest

from folklore.plan.model_checks import model_error
from folklore.schema.recipe import Recipe


def error(model, data=None, **blocks):
    plain = {
        "data": {"name": "mnist", "source": "embedded", "train": 61, "validation": 30} | (data or {}),
        "optimiser": {"name": "sgd", "lr": 0.1},
        "batch_size": 32,
        "epochs": 2,
    }
    return model_error(Recipe.model_validate(plain | {"model": model} | blocks))


def test_a_network_that_pools_its_image_away_is_told_how_many_blocks_it_may_have():
    assert error({"name": "cnn", "channels": [2, 2, 2, 2]}) is None
    for name in ("cnn", "residual_cnn"):
        assert error({"name": name, "channels": [2, 2, 2, 2, 2]}) == (
            "model.channels: 5 blocks halve images of 28×28 pixels to nothing: expected at most 4 channels; got 5. "
            "Remove 1"
        )
    assert "6×6 pixels to nothing: expected at most 2" in error({"name": "cnn"}, {"name": "cifar10", "crop": 6})


def test_local_images_whose_size_is_unknown_are_left_to_the_run():
    local = {"name": "mine", "source": "local", "path": "p"}
    assert error({"name": "cnn", "channels": [2] * 8}, local) is None
    assert "4×4" in error({"name": "cnn"}, local | {"crop": 4})


SINGLE = {"batch_size": 20}
NORMALISED = [
    {"name": "mlp", "batch_norm": True},
    {"name": "residual_mlp", "batch_norm": True},
    {"name": "cnn", "batch_norm": True},
    {"name": "resnet18", "width": 2},
]


@pytest.mark.parametrize("model", NORMALISED, ids=lambda model: model["name"])
def test_batch_normalisation_of_a_last_mini_batch_of_one_example_is_an_error(model):
    assert error(model) is None
    assert error(model, **SINGLE).startswith("batch_size: the last mini-batch has 1 example")
    assert "by 1." in error(model, batch_size=1)


def test_one_example_is_enough_without_batch_normalisation_or_with_pixels_to_average_over():
    assert error({"name": "mlp"}, **SINGLE) is None
    assert error({"name": "resnet18", "width": 2}, {"name": "faces"}, **SINGLE) is None


def test_frozen_batch_normalisation_needs_two_examples_only_in_training_mode():
    frozen = {"trainable": ["output"]} | SINGLE
    assert error({"name": "resnet18", "width": 2}, **frozen) is None
    assert "'backbone' needs 2" in error({"name": "resnet18", "width": 2}, frozen_mode="train", **frozen)
