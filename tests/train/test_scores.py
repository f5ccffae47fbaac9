"""Scores against scikit-learn on logits with ties, and against numbers that can be checked by hand."""

import numpy as np
import pytest
from sklearn.metrics import f1_score, log_loss, recall_score, roc_auc_score

from folklore.train.scores import part_scores


def test_scores_agree_with_scikit_learn():
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 4, 200)
    logits = np.round(rng.normal(size=(200, 4)) + 1.5 * np.eye(4)[labels], 1).astype(np.float32)
    scores = part_scores(logits, labels, batch_size=64)
    probabilities = np.exp(logits.astype(np.float64))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    guesses = logits.argmax(axis=1)
    assert scores["loss"] == pytest.approx(log_loss(labels, probabilities))
    assert scores["macro_f1"] == pytest.approx(f1_score(labels, guesses, average="macro"))
    assert scores["recall"] == pytest.approx(recall_score(labels, guesses, average=None))
    assert scores["macro_auroc"] == pytest.approx(roc_auc_score(labels, probabilities, multi_class="ovr"))


def test_a_short_last_batch_bends_the_batch_mean_but_not_the_accuracy():
    logits, labels = np.array([[1.0, 0], [1, 0], [1, 0]]), np.array([0, 0, 1])
    scores = part_scores(logits, labels, batch_size=2)
    assert scores["accuracy"] == pytest.approx(2 / 3)
    assert scores["batch_mean_accuracy"] == pytest.approx(1 / 2)


def test_a_class_without_examples_has_no_recall():
    scores = part_scores(np.array([[1.0, 0, 0], [0, 1, 0]]), np.array([0, 1]), batch_size=2)
    assert scores["recall"] == [1.0, 1.0, None]
    assert scores["macro_f1"] == 1.0
