import numpy as np
import pytest

from folklore.data.dataset import Dataset, Split
from folklore.execution.errors import UserError
from folklore.train.examples import recipe_examples
from folklore.train.label_noise import noisy_labels
from folklore.train.learners import logistic
from folklore.train.learners.learner import TrainingJob

LABELS = np.random.default_rng(0).integers(0, 5, 1000)
ROWS = np.random.default_rng(1).permutation(1000)[:600]


def noise(share, seed=0, rows=ROWS):
    return noisy_labels(LABELS, rows, 5, share, seed)


@pytest.mark.parametrize("share", [0, 0.15, 0.5, 1])
def test_exactly_the_share_is_wrong(share):
    assert (noise(share) != LABELS[ROWS]).sum() == round(600 * share)


def test_a_larger_share_changes_the_same_labels_to_the_same_classes_and_more():
    some, many = noise(0.15), noise(0.5)
    changed = some != LABELS[ROWS]
    assert np.array_equal(some[changed], many[changed])


def test_a_row_keeps_its_wrong_label_in_another_split():
    again = noise(1, rows=ROWS[::-1][:100])
    assert np.array_equal(again, noise(1)[::-1][:100])


def test_each_other_class_is_as_likely_and_the_seed_decides():
    counts = np.bincount((noise(1) - LABELS[ROWS]) % 5, minlength=5)
    assert counts[0] == 0
    assert (np.abs(counts[1:] - 150) < 5 * np.sqrt(150)).all()
    assert not np.array_equal(noise(0.5), noise(0.5, seed=1))
    assert np.array_equal(noise(0.5), noise(0.5))


def test_tokens_as_targets_have_no_label_noise():
    with pytest.raises(UserError, match="expected one class per row"):
        noisy_labels(np.zeros((4, 2), dtype=int), np.arange(4), 2, 0.5, 0)


def test_only_training_labels_are_wrong_and_the_true_rule_is_still_learned(clouds):
    inputs = np.concatenate(list(clouds.inputs.values()))
    labels = np.concatenate(list(clouds.labels.values()))
    dataset, split = Dataset(inputs, labels, np.array([300, 0, 0])), Split(*np.split(np.arange(300), [200, 250]))
    about = {"classes": ["a", "b"], "shape": [2], "columns": [], "vocabulary": None}
    data = recipe_examples(dataset, split, about, {"scaling": "unit", "label_noise": {"share": 0.3, "seed": 0}})
    assert (data.labels["train"] != clouds.labels["train"]).sum() == 60
    assert all(np.array_equal(data.labels[name], clouds.labels[name]) for name in ("validation", "test"))
    settings = {"model": {"name": "logistic", "C": 1.0, "max_iter": 500}}
    (row,) = logistic.fit(TrainingJob(settings, data, seed=1, device="cpu")).history
    assert abs(row["train_accuracy"] - 0.7) < 0.05
    assert row["validation_accuracy"] > 0.95
