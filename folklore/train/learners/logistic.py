"""Multinomial logistic regression by scikit-learn: a convex problem, so that the seed changes nothing but the split."""

import warnings
from pathlib import Path
from time import perf_counter

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from folklore.train.examples import Examples
from folklore.train.result import TrainResult
from folklore.train.scores import cross_entropies


def train(settings: dict, examples: Examples, seed: int, device: str, parent: Path | None) -> TrainResult:  # noqa: ARG001
    """One row of history; last and best checkpoint are the same."""
    constants = settings["model"]
    model = LogisticRegression(C=constants["inverse_penalty"], max_iter=constants["iterations"])
    started = perf_counter()
    with threadpool_limits(1), warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always", ConvergenceWarning)
        model.fit(examples.flat("train"), examples.labels["train"])
    seconds = perf_counter() - started
    stopped = " (stopped there, not converged)" if raised else ""
    print(f"{int(model.n_iter_[0])} iterations{stopped} · {seconds:.1f} s", flush=True)
    weights = {"last.weight": model.coef_, "last.bias": model.intercept_, "last.classes": model.classes_}
    logits = predict(settings, examples, weights, device)
    return TrainResult(
        history=[{"epoch": 1, **_fit(weights, examples, "train"), **_fit(weights, examples, "validation")}],
        best_epoch=1,
        diverged_epoch=None,
        parameters=model.coef_.size + model.intercept_.size,
        test_logits={"last": logits, "best": logits},
        weights=weights,
        seconds_per_epoch=[seconds],
        device="cpu",
    )


def predict(settings: dict, examples: Examples, weights: dict[str, np.ndarray], device: str) -> np.ndarray:  # noqa: ARG001
    return _logits(weights, examples.flat("test"), examples.classes)


def _fit(weights: dict[str, np.ndarray], examples: Examples, part: str) -> dict[str, float]:
    logits, labels = _logits(weights, examples.flat(part), examples.classes), examples.labels[part]
    return {
        f"{part}_loss": float(cross_entropies(logits, labels).mean()),
        f"{part}_accuracy": float((logits.argmax(axis=1) == labels).mean()),
    }


def _logits(weights: dict[str, np.ndarray], inputs: np.ndarray, classes: int) -> np.ndarray:
    """A class that the training rows lack gets a logit below all others."""
    found = inputs @ weights["last.weight"].T + weights["last.bias"]
    if found.shape[1] == 1:  # scikit-learn gives one column for two classes
        found = np.concatenate([-found / 2, found / 2], axis=1)
    logits = np.full((len(inputs), classes), found.min() - 20.0)
    logits[:, weights["last.classes"]] = found
    return logits
