"""What a run computes and needs, told from its recipe."""

import pytest

from folklore.plan.resources.demand import gains_from_gpu, memory_mb
from folklore.plan.resources.work import count_macs, layers
from folklore.schema.recipe import Recipe

CIFAR = {
    "data": {"name": "cifar10", "source": "official", "train": 45_000, "validation": 5_000},
    "model": {"name": "cnn"},
    "optimiser": {"name": "sgd", "lr": 0.1},
    "batch_size": 64,
    "epochs": 50,
}
RESNET = {"model": {"name": "resnet18"}}
FACES = RESNET | {"data": {"name": "faces", "source": "local", "path": "faces", "train": 1400, "validation": 200}}


def recipe(**changed) -> Recipe:
    return Recipe.model_validate(CIFAR | changed)


def test_the_layers_have_the_parameters_of_the_networks_that_are_built():
    """Weights alone: biases and batch norm are left out."""
    weights = {"cnn": 89_834 - 16 - 32 - 64 - 64 - 10, "resnet18": 11_176_512 - 9_600 + 512 * 10}
    for name, known in weights.items():
        counted = sum(layer.parameters for layer in layers(recipe(model={"name": name})))
        assert counted == pytest.approx(known, rel=0.02), name


def test_a_known_network_does_its_known_multiply_adds():
    photographs = recipe(**FACES | {"data": FACES["data"] | {"crop": 224}})
    assert sum(layer.multiply_adds for layer in layers(photographs)) == pytest.approx(1.82e9, rel=0.05)


def test_work_follows_examples_and_epochs():
    assert count_macs(recipe(epochs=100)) == pytest.approx(2 * count_macs(recipe()), rel=0.01)
    assert count_macs(recipe(data=CIFAR["data"] | {"train": 4_500})) == pytest.approx(count_macs(recipe()) / 10)


def test_a_front_that_is_frozen_is_passed_once():
    head = recipe(**FACES, parents={"weights": {"study": "s", "variant": "v"}}, trainable=["output"])
    assert count_macs(head) < count_macs(recipe(**FACES)) / 50


@pytest.mark.parametrize("model", ["xgboost", "logistic"])
def test_learners_without_a_network_have_work_and_memory_too(model):
    table = Recipe.model_validate({"data": CIFAR["data"], "model": {"name": model}})
    assert count_macs(table) > 0
    assert memory_mb(table) > memory_mb(recipe())


def test_memory_grows_with_the_batch_and_with_the_pictures():
    assert memory_mb(recipe(**FACES | {"batch_size": 256})) > memory_mb(recipe(**FACES)) > memory_mb(recipe())


def test_a_data_set_of_ones_own_has_a_demand():
    own = {"name": "mine", "source": "local", "path": "p", "train": 100, "validation": 10}
    table = own | {"inputs": ["a", "b"], "label": "c"}
    assert memory_mb(recipe(data=table, model={"name": "mlp"})) <= memory_mb(recipe(data=own, model={"name": "mlp"}))


def test_convolutions_with_much_to_do_gain_from_a_graphics_processor_and_nothing_else_does():
    assert gains_from_gpu(recipe())
    assert gains_from_gpu(recipe(**FACES))
    assert not gains_from_gpu(recipe(data=CIFAR["data"] | {"train": 100}, epochs=2))
    assert not gains_from_gpu(recipe(model={"name": "mlp"}, epochs=5_000))
    assert not gains_from_gpu(Recipe.model_validate({"data": CIFAR["data"], "model": {"name": "xgboost"}}))
