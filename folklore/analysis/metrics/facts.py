"""The numbers that need no training: they are read off what is known of a variant's data and network."""

from collections.abc import Callable
from typing import Any, get_args

import numpy as np

from folklore.execution.errors import UserError, unknown
from folklore.schema.metric import Fact, Metric

Facts = dict[str, Any]


def is_a_fact(metric: Metric) -> bool:
    return metric.name in get_args(Fact)


def value(metric: Metric, facts: Facts) -> float | None:
    return _VALUES[metric.name](metric, facts)


def _scheduled_lr(metric: Metric, facts: Facts) -> float | None:
    rates = facts["lr"] or []
    return rates[metric.epoch - 1] if metric.epoch <= len(rates) else None


def _counts(facts: Facts, part: str) -> np.ndarray:
    return np.array(facts["split"]["counts"][part])


def _class_ratio(metric: Metric, facts: Facts) -> float | None:
    counts = _counts(facts, metric.split)
    return counts.max() / counts.min() if counts.min() else None


def _prior_cross_entropy(metric: Metric, facts: Facts) -> float | None:
    """In nats: the cross-entropy on the part when every example is given the class shares of the training part."""
    counts, training = _counts(facts, metric.split), _counts(facts, "train")
    there = counts > 0
    if not training[there].all():
        return None
    return float(-(counts[there] @ np.log(training[there] / training.sum())) / counts.sum())


def _majority_class_accuracy(metric: Metric, facts: Facts) -> float:
    """The accuracy on the part of always saying the class that is the most frequent in training."""
    counts = _counts(facts, metric.split)
    return counts[_counts(facts, "train").argmax()] / counts.sum()


def _weights(metric: Metric, facts: Facts) -> float | None:
    found = [size for name, size in sorted(facts["weights"].items()) if name.endswith(metric.tensor)]
    if len(found) != 1:
        fault = f"{len(found)} names end so, one is needed" if found else "no name ends so"
        raise UserError(f"metric n_weights: {fault}: {unknown('tensor', metric.tensor, facts['weights'])}")
    return found[0]


_VALUES: dict[str, Callable[[Metric, Facts], float | None]] = {
    "scheduled_lr": _scheduled_lr,
    "class_ratio": _class_ratio,
    "prior_cross_entropy": _prior_cross_entropy,
    "majority_class_accuracy": _majority_class_accuracy,
    "n_examples": lambda metric, facts: _counts(facts, metric.split).sum(),
    "class_distance": lambda _, facts: facts.get("class_distance"),
    "max_abs_channel_mean": lambda _, facts: max(abs(mean) for mean in facts["inputs"]["mean"]),
    "max_abs_channel_std_error": lambda _, facts: max(abs(sd - 1) for sd in facts["inputs"]["sd"]),
    "n_weights": _weights,
}
