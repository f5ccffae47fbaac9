"""How much a training has to compute, as one number: multiply-adds.

An estimate within a factor of a few, told from the recipe alone; it compares runs of one kind with one another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from folklore.plan.data_size import data_size
from folklore.schema.augmentation import Augmentation
from folklore.schema.models import Cnn, Linear, Logistic, Mlp, Model, ResidualCnn, ResidualMlp, Resnet18, Xgboost
from folklore.schema.recipe import Recipe

# A step costs the pass forwards and about two backwards; the loss on the training set is then measured once more.
_PASSES = 4
# What an example costs beside its layers: gathering, scaling, loss and the calls of a mini-batch.
_EXAMPLE = 25_000
# What XGBoost does with one value of one row at one level of one tree.
_BIN = 60


@dataclass(frozen=True)
class Layer:
    multiply_adds: int  # of one example, forwards
    parameters: int
    outputs: int  # numbers, of one example


def count_macs(recipe: Recipe) -> float:
    """Multiply-adds of one run."""
    size, model, rows = data_size(recipe.data), recipe.model, recipe.data.train
    if recipe.learner == "gradient_descent":
        every_epoch = _forwards(layers_in_a_step(recipe)) + _EXAMPLE
        return float(rows * (_forwards(layers(recipe)) + _PASSES * recipe.epochs * every_epoch))
    if isinstance(model, Xgboost):
        return float(_BIN * rows * size.values * size.classes * model.rounds * model.max_depth)
    if recipe.network is not None:
        features = 8 * recipe.network.width
        return float(rows * _forwards(layers(recipe))) + _regression(model, rows, features, size.classes)
    return _regression(model, rows, size.values, size.classes)


def layers(recipe: Recipe) -> list[Layer]:
    """Of the network that is built for the recipe; none for learners without one."""
    size = data_size(recipe.data)
    return list(_layers(recipe.network, size.shape, size.values, size.classes)) if recipe.network else []


def layers_in_a_step(recipe: Recipe) -> list[Layer]:
    """Without a frozen front, whose outputs are worked out once."""
    found = layers(recipe)
    first = next(iter(recipe.network.layers)) if recipe.network else None
    frozen = recipe.trainable is not None and first not in recipe.trainable and recipe.frozen == "evaluation"
    return found[-1:] if frozen and recipe.augmentation == Augmentation() else found


def _forwards(passed: list[Layer]) -> int:
    return sum(layer.multiply_adds for layer in passed)


def _regression(model: Logistic, rows: int, features: int, classes: int) -> float:
    return 2.0 * rows * features * classes * model.iterations


def _layers(model: Model, shape: tuple[int, ...], values: int, classes: int) -> Iterator[Layer]:
    match model:
        case Cnn() | ResidualCnn():
            yield from _blocks(model, shape, classes)
        case Resnet18():
            yield from _stages(model.width, shape, classes)
        case Mlp():
            yield from _dense(values, *(model.widths * model.depth), classes)
        case ResidualMlp():
            yield from _dense(values, *[model.width] * model.depth, classes)
        case Linear():
            yield from _dense(values, classes)


def _dense(*widths: int) -> Iterator[Layer]:
    for inputs, outputs in pairwise(widths):
        yield Layer(inputs * outputs, inputs * outputs, outputs)


def _convolution(inputs: int, outputs: int, kernel: int, pixels: int) -> Layer:
    parameters = kernel**2 * inputs * outputs
    return Layer(parameters * pixels, parameters, outputs * pixels)


def _blocks(model: Cnn | ResidualCnn, shape: tuple[int, ...], classes: int) -> Iterator[Layer]:
    """Each block halves height and width after its convolution."""
    depth, height, width = shape
    for channels in model.channels:
        yield _convolution(depth, channels, 3, height * width)
        if isinstance(model, ResidualCnn):
            yield _convolution(depth, channels, 1, height * width)
        depth, height, width = channels, height // 2, width // 2
    yield from _dense(depth * height * width, model.hidden, classes)


def _stages(width: int, shape: tuple[int, ...], classes: int) -> Iterator[Layer]:
    """Of four convolutions each, on a quarter of the pixels and with twice the channels of the stage before."""
    depth, height, across = shape
    yield _convolution(depth, width, 7, height * across // 4)
    before = width
    for stage in range(4):
        channels, pixels = width * 2**stage, max(height * across // 16 // 4**stage, 1)
        for inputs in (before, channels, channels, channels):
            yield _convolution(inputs, channels, 3, pixels)
        if before != channels:
            yield _convolution(before, channels, 1, pixels)
        before = channels
    yield from _dense(before, classes)
