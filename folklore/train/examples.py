"""Examples: the rows that a split gives to training, validation and test, and the scaling of their values."""

from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from folklore.data.dataset import Dataset, Split
from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError
from folklore.train.label_noise import noisy_labels
from folklore.train.scaling import Scaling, scaling_of


@dataclass(frozen=True)
class Examples:
    """Arrays by split (train, validation, test). Inputs are stored as in Dataset, and scaled when they are used."""

    inputs: dict[str, np.ndarray]
    labels: dict[str, np.ndarray]
    classes: int
    scaling: Scaling
    input_spec: InputSpec
    categorical: dict[str, np.ndarray] = field(default_factory=dict)  # codes; empty without categorical columns

    def with_training_rows(self, dataset: Dataset, rows: np.ndarray) -> Self:
        """Return the same examples with other rows of the dataset in place of the training set, scaled as before."""
        chosen = {"inputs": dataset.inputs[rows], "labels": dataset.labels[rows]}
        if dataset.categorical is not None:
            chosen["categorical"] = dataset.categorical[rows]
        return replace(self, **{name: getattr(self, name) | {"train": array} for name, array in chosen.items()})

    def flat(self, split: str, count: int | None = None) -> np.ndarray:
        """Return scaled inputs [n, values] of the first rows, or of all; categorical columns are one-hot encoded.

        Raises UserError for tokens.
        """
        if self.input_spec.kind == "tokens":
            raise UserError(f"this model takes images or tables; got {self.input_spec}. Choose one that embeds tokens")
        inputs = self.inputs[split][:count]
        values = self.scaling.apply(inputs).reshape(len(inputs), -1)
        if not self.categorical:
            return values
        codes = zip(self.categorical[split][:count].T, self.input_spec.cardinalities, strict=True)
        return np.concatenate([values, *(np.eye(size, dtype=np.float32)[code] for code, size in codes)], axis=1)


def recipe_examples(dataset: Dataset, split: Split, about: dict[str, Any], data: dict[str, Any]) -> Examples:
    """Return the examples of a recipe: `data` is its block, `about` the JSON file of the dataset."""
    classes = len(about["classes"])
    found = examples(dataset, split, classes, data["scaling"], InputSpec.of(about))
    if data["label_noise"] is None:
        return found
    noisy = noisy_labels(dataset.labels, split.train, classes, **data["label_noise"])
    return replace(found, labels=found.labels | {"train": noisy})


def examples(
    dataset: Dataset, split: Split, classes: int, scaling: str, input_spec: InputSpec | None = None
) -> Examples:
    """Return the examples of a split; without `input_spec` all inputs are numbers."""
    spec = input_spec or InputSpec(dataset.inputs.shape[1:])
    rows = vars(split)
    inputs = {name: dataset.inputs[chosen] for name, chosen in rows.items()}
    labels = {name: dataset.labels[chosen] for name, chosen in rows.items()}
    codes = dataset.categorical
    categorical = {} if codes is None else {name: codes[chosen] for name, chosen in rows.items()}
    measured = scaling_of(inputs["train"], "raw" if spec.kind == "tokens" else scaling)
    return Examples(inputs, labels, classes, measured, spec, categorical)
