"""Scores of one checkpoint on one part, from its logits.

Written out in numpy and not taken from scikit-learn, whose import would take longer than a demo's whole training;
the tests hold both against each other.
"""

import numpy as np


def part_scores(logits: np.ndarray, labels: np.ndarray, batch_size: int) -> dict[str, float | list[float] | None]:
    """Sample-weighted loss and accuracy, macro-F1, macro AUROC (one against the rest) and recall by class.

    Token targets [n, length], with logits [n, vocabulary, length], are scored as n · length examples.
    `batch_mean_…` are unweighted means of batch means, as the published tables have them (defects D000-03, D003-03).
    """
    if labels.ndim > 1:
        logits, labels = np.moveaxis(logits, 1, -1).reshape(-1, logits.shape[1]), labels.ravel()
    losses = cross_entropies(logits, labels)
    hits = logits.argmax(axis=1) == labels
    confusion = _confusion(logits, labels)
    return {
        "loss": finite(losses.mean()),
        "accuracy": float(hits.mean()),
        "batch_mean_loss": finite(_mean_of_batch_means(losses, batch_size)),
        "batch_mean_accuracy": _mean_of_batch_means(hits, batch_size),
        "macro_f1": macro_f1(confusion),
        "macro_auroc": macro_auroc(logits, labels),
        "recall": recalls(confusion),
    }


def cross_entropies(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Natural logarithm, one value an example."""
    shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(labels)), labels]


def probabilities(logits: np.ndarray) -> np.ndarray:
    """Their softmax, in float64."""
    shifted = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def macro_f1(confusion: np.ndarray) -> float:
    """Mean F1 over the classes that occur among labels or predictions."""
    present = confusion.sum(axis=0) + confusion.sum(axis=1)
    hits = np.diag(confusion)
    return float(np.mean(2 * hits[present > 0] / present[present > 0]))


def recalls(confusion: np.ndarray) -> list[float | None]:
    """None for a class without examples."""
    examples = confusion.sum(axis=1)
    return [float(hits / n) if n else None for hits, n in zip(np.diag(confusion), examples, strict=True)]


def macro_auroc(logits: np.ndarray, labels: np.ndarray) -> float | None:
    """Mean over classes of the chance that an example of the class scores above one of the rest; None without both.

    The score is the class's probability, as in the multi-class setting of scikit-learn's roc_auc_score.
    """
    chances = probabilities(logits)
    areas = [_auroc(chances[:, label], labels == label) for label in np.unique(labels)]
    return float(np.mean(areas)) if len(areas) > 1 else None


def _auroc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Mann-Whitney's U over the number of pairs; ties count half."""
    ordered, found = np.sort(scores), scores[positive]
    ranks = (np.searchsorted(ordered, found, "left") + np.searchsorted(ordered, found, "right") + 1) / 2
    n = len(found)
    return (ranks.sum() - n * (n + 1) / 2) / (n * (len(scores) - n))


def _confusion(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """[label, prediction] → how often."""
    classes = logits.shape[1]
    return np.bincount(labels * classes + logits.argmax(axis=1), minlength=classes**2).reshape(classes, classes)


def _mean_of_batch_means(values: np.ndarray, batch_size: int) -> float:
    starts = np.arange(0, len(values), batch_size)
    return float(np.mean([values[start : start + batch_size].mean() for start in starts]))


def finite(value: float) -> float | None:
    """JSON has no NaN."""
    return float(value) if np.isfinite(value) else None
