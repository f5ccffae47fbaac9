"""The networks to train, at the sizes of the studies on a GPU and at small ones on a CPU, on random examples."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from torch import Tensor, nn

from benchmarks import settings
from folklore.data.dataset import Dataset, Split
from folklore.train.examples import Examples, examples

EPOCHS = 2


@dataclass(frozen=True)
class Workload:
    title: str
    shape: tuple[int, ...]
    classes: int
    train: int
    validation: int
    batch_size: int
    model: dict  # settings of folklore's network
    textbook: Callable[[], nn.Module]  # the same network as a notebook writes it

    def settings(self, **other: object) -> dict:
        """A complete recipe, as the training job takes it."""
        return settings.recipe_settings(self.model, self.batch_size, EPOCHS) | other

    def examples(self) -> Examples:
        """Random images in bytes; one image for the test set, which is not measured."""
        rng = np.random.default_rng(0)
        count = self.train + self.validation + 1
        images = rng.integers(256, size=(count, *self.shape), dtype=np.uint8)
        dataset = Dataset(images, rng.integers(self.classes, size=count), np.array([count, 0, 0]))
        rows = np.split(np.arange(count), [self.train, self.train + self.validation])
        return examples(dataset, Split(*rows), self.classes, "symmetric")


def workloads(on_gpu: bool) -> list[Workload]:
    """The CNN of document 000, an MLP and ResNet-18; on a CPU with a fortieth of the examples."""
    whole = [CNN, MLP, RESNET]
    return (
        whole if on_gpu else [replace(each, train=each.train // 40, validation=each.validation // 40) for each in whole]
    )


def cnn() -> nn.Sequential:
    return nn.Sequential(
        *(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(1024, 64), nn.ReLU(), nn.Linear(64, 10)),
    )


def mlp(inputs: int, widths: list[int], classes: int) -> nn.Sequential:
    hidden = [(nn.Linear(before, after), nn.ReLU()) for before, after in pairwise([inputs, *widths])]
    return nn.Sequential(nn.Flatten(), *(layer for pair in hidden for layer in pair), nn.Linear(widths[-1], classes))


class Block(nn.Module):
    """Two 3×3 convolutions with batch norm, and a residual connection."""

    def __init__(self, before: int, after: int, stride: int):
        super().__init__()
        self.convolutions = nn.Sequential(
            *(nn.Conv2d(before, after, 3, stride, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()),
            *(nn.Conv2d(after, after, 3, padding=1, bias=False), nn.BatchNorm2d(after)),
        )
        same = before == after and stride == 1
        projection = (nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))
        self.shortcut = nn.Identity() if same else nn.Sequential(*projection)
        self.activation = nn.ReLU()

    def forward(self, inputs: Tensor) -> Tensor:
        return self.activation(self.convolutions(inputs) + self.shortcut(inputs))


def resnet18(classes: int) -> nn.Sequential:
    """He et al. (2016): 11,176,512 parameters and a linear layer."""
    widths = [64, 64, 128, 256, 512]
    stages = [
        block
        for stage, (before, after) in enumerate(pairwise(widths))
        for block in (Block(before, after, 1 if stage == 0 else 2), Block(after, after, 1))
    ]
    stem = (nn.Conv2d(3, 64, 7, 2, padding=3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, padding=1))
    backbone = nn.Sequential(*stem, *stages, nn.AdaptiveAvgPool2d(1), nn.Flatten())
    return nn.Sequential(OrderedDict(backbone=backbone, output=nn.Linear(512, classes)))


def build_resnet18(spec: object, classes: int) -> nn.Sequential:  # noqa: ARG001 (a builder is told its inputs)
    """For `model: {name: own}`: timm, which the workflow takes its ResNet-18 from, need not be installed."""
    return resnet18(classes)


CNN = Workload(
    title="CNN, CIFAR-10",
    shape=(3, 32, 32),
    classes=10,
    train=45_000,
    validation=5_000,
    batch_size=64,
    model=settings.CNN,
    textbook=cnn,
)
MLP = Workload(
    title="MLP, MNIST",
    shape=(1, 28, 28),
    classes=10,
    train=48_000,
    validation=12_000,
    batch_size=128,
    model={**settings.MLP, "widths": [128, 64], "depth": 1},
    textbook=partial(mlp, 784, [128, 64], 10),
)
RESNET = Workload(
    title="ResNet-18 fine-tuned, 224×224",
    shape=(3, 224, 224),
    classes=2,
    train=1_600,
    validation=200,
    batch_size=32,
    model={"name": "own", "build": f"{Path(__file__)}:build_resnet18", "settings": {}},
    textbook=partial(resnet18, 2),
)
