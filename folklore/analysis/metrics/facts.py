"""Metrics that need no training: numbers of a variant's data, schedule and network."""

from collections.abc import Callable
from typing import Any

import numpy as np

from folklore.analysis.evidence import Evidence
from folklore.execution.errors import UserError, unknown
from folklore.schema.metric import Metric

Facts = dict[str, Any]


def value(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:  # noqa: ARG001 (same for all seeds)
    return _VALUES[metric.name](metric, evidence.about(variant))


def _scheduled_lr(metric: Metric, facts: Facts) -> float | None:
    rates = facts["lr"] or []
    return rates[metric.epoch - 1] if metric.epoch <= len(rates) else None


def _counts(facts: Facts, split: str) -> np.ndarray:
    return np.array(facts["split"]["counts"][split])


def _class_ratio(metric: Metric, facts: Facts) -> float | None:
    counts = _counts(facts, metric.split)
    return counts.max() / counts.min() if counts.min() else None


def _prior_cross_entropy(metric: Metric, facts: Facts) -> float | None:
    """Return the cross-entropy, in nats, of predicting the class prior of the training set for every example."""
    counts, training = _counts(facts, metric.split), _counts(facts, "train")
    there = counts > 0
    if not training[there].all():
        return None
    return float(-(counts[there] @ np.log(training[there] / training.sum())) / counts.sum())


def _majority_class_accuracy(metric: Metric, facts: Facts) -> float:
    """Return the accuracy of always predicting the most frequent class of the training set."""
    counts = _counts(facts, metric.split)
    return counts[_counts(facts, "train").argmax()] / counts.sum()


def _weights(metric: Metric, facts: Facts) -> float | None:
    sizes = [size for name, size in sorted(facts["weights"].items()) if name.endswith(metric.tensor)]
    if len(sizes) > 1:
        raise UserError(f"metric n_weights: {metric.tensor!r} matches {len(sizes)} tensors. Give the full tensor name")
    if not sizes:
        raise UserError(f"metric n_weights: {unknown('tensor', metric.tensor, facts['weights'])}")
    return sizes[0]


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
