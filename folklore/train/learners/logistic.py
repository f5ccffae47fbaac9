"""Multinomial logistic regression by scikit-learn: a convex problem, so the seed changes only the split."""

import warnings
from collections.abc import Iterator
from time import perf_counter

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from folklore.train.examples import Examples
from folklore.train.learners.learner import TrainedModel, TrainingJob
from folklore.train.result import TrainResult
from folklore.train.scores import cross_entropies

Weights = dict[str, np.ndarray]


def fit(job: TrainingJob) -> TrainResult:
    """Return one row of history; the checkpoints `last` and `best` are the same."""
    constants, examples = job.settings["model"], job.examples
    model = LogisticRegression(C=constants["C"], max_iter=constants["max_iter"])
    started = perf_counter()
    with threadpool_limits(1), warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always", ConvergenceWarning)
        model.fit(examples.flat("train"), examples.labels["train"])
    seconds = perf_counter() - started
    print(f"{int(model.n_iter_[0])} iterations{', not converged' if raised else ''} · {seconds:.1f} s", flush=True)
    weights = {"last.weight": model.coef_, "last.bias": model.intercept_, "last.classes": model.classes_}
    seen = {key: value for part in ("train", "validation") for key, value in _scores(weights, examples, part)}
    test = _logits(weights, examples, "test")
    return TrainResult(
        history=[{"epoch": 1, **seen}],
        best_epoch=1,
        diverged_epoch=None,
        parameters=model.coef_.size + model.intercept_.size,
        test_logits={"last": test, "best": test},
        weights=weights,
        seconds_per_epoch=[seconds],
        device="cpu",
    )


def logits(model: TrainedModel, part: str, checkpoint: str = "last") -> np.ndarray:  # noqa: ARG001 (there is one)
    return _logits(model.weights, model.examples, part)


def _scores(weights: Weights, examples: Examples, part: str) -> Iterator[tuple[str, float]]:
    found, labels = _logits(weights, examples, part), examples.labels[part]
    yield f"{part}_loss", float(cross_entropies(found, labels).mean())
    yield f"{part}_accuracy", float((found.argmax(axis=1) == labels).mean())


def _logits(weights: Weights, examples: Examples, part: str) -> np.ndarray:
    """Return logits [n, classes]; a class without training rows gets a logit below all others."""
    inputs = examples.flat(part)
    found = inputs @ weights["last.weight"].T + weights["last.bias"]
    if found.shape[1] == 1:  # scikit-learn gives one column for two classes
        found = np.concatenate([-found / 2, found / 2], axis=1)
    logits = np.full((len(inputs), examples.classes), found.min() - 20.0)
    logits[:, weights["last.classes"]] = found
    return logits
