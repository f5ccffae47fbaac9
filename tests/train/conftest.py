"""Two noisy clouds that a linear model can tell apart: learned in an instant, and the right answer is known."""

import numpy as np
import pytest

from folklore.data.dataset import Dataset, Split
from folklore.train.examples import examples


@pytest.fixture
def clouds():
    rng = np.random.default_rng(0)
    labels = np.arange(300) % 2
    inputs = rng.normal(size=(300, 2)).astype(np.float32) + 4 * labels[:, None].astype(np.float32)
    dataset = Dataset(inputs, labels.astype(np.int64), np.array([300, 0, 0]))
    split = Split(np.arange(200), np.arange(200, 250), np.arange(250, 300))
    return examples(dataset, split, classes=2, scaling="standardised")


@pytest.fixture
def settings():
    return {
        "data": {"scaling": "standardised", "label_noise": None},
        "model": {
            "name": "mlp",
            "widths": [8],
            "depth": 1,
            "activation": "relu",
            "dropout": 0.2,
            "batch_norm": True,
            "norm_momentum": 0.1,
            "initialisation": "default",
            "output": "logits",
        },
        "optimiser": {"name": "sgd", "lr": 0.1, "momentum": 0.0, "nesterov": False, "weight_decay": 0.0},
        "schedule": {"name": "constant"},
        "batch_size": 32,
        "epochs": 5,
        "shuffle": True,
        "dtype": "float32",
        "augmentation": {"flip": None, "shift": None, "rotation": None, "colour": None, "noise": None},
        "trainable": None,
        "frozen_mode": "eval",
        "record": [],
        "objective": {"name": "cross_entropy"},
        "stop": None,
    }
