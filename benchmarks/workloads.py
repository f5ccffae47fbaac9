"""WORKLOADS: recipes to train, in the shapes of the studies, on random examples."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from torch import nn

from benchmarks import notebook
from benchmarks.settings import CNN, MLP, recipe_settings
from folklore.data.dataset import Dataset, Split
from folklore.plan.data_size import data_size
from folklore.schema.recipe import Recipe
from folklore.train.examples import Examples, examples


@dataclass(frozen=True)
class Workload:
    title: str
    shape: tuple[int, ...]
    classes: int
    train: int
    validation: int
    batch_size: int
    model: dict
    textbook: Callable[[], nn.Module]  # the same model as a notebook writes it
    epochs: int  # of one turn

    def settings(self) -> dict:
        return recipe_settings(self.model, self.batch_size, self.epochs)

    def examples(self) -> Examples:
        """Bytes in the shape of an image, floats in that of a point; one row for a test part that is not measured."""
        rng = np.random.default_rng(0)
        count = self.train + self.validation + 1
        is_image = len(self.shape) == 3
        size = (count, *self.shape)
        inputs = rng.integers(256, size=size, dtype=np.uint8) if is_image else rng.random(size, dtype=np.float32)
        dataset = Dataset(inputs, rng.integers(self.classes, size=count), np.array([count, 0, 0]))
        train, validation, test = np.split(np.arange(count), [self.train, self.train + self.validation])
        scaling = "symmetric" if is_image else "raw"
        return examples(dataset, Split(train, validation, test), self.classes, scaling)


def of_recipe(recipe: Recipe) -> Examples:
    """Random examples in the shape and number of its data, but for the test part."""
    size = data_size(recipe.data)
    return replace(
        WORKLOADS[0],
        shape=size.shape,
        classes=size.classes,
        train=recipe.data.train,
        validation=recipe.data.validation,
    ).examples()


WORKLOADS = [
    Workload(
        title="CNN, CIFAR-10",
        shape=(3, 32, 32),
        classes=10,
        train=1800,
        validation=200,
        batch_size=64,
        model=CNN,
        textbook=notebook.cnn,
        epochs=1,
    ),
    Workload(
        title="MLP, Fashion-MNIST",
        shape=(1, 28, 28),
        classes=10,
        train=1000,
        validation=500,
        batch_size=32,
        model={**MLP, "widths": [128, 64], "depth": 1},
        textbook=partial(notebook.mlp, 784, [128, 64], 10),
        epochs=5,
    ),
    Workload(
        title="MLP 6×16, countries",
        shape=(2,),
        classes=33,
        train=32000,
        validation=4000,
        batch_size=256,
        model={**MLP, "widths": [16], "depth": 6},
        textbook=partial(notebook.mlp, 2, [16] * 6, 33),
        epochs=2,
    ),
]
