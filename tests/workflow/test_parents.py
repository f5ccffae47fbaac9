"""Runs that start from several others: a chain of prunings, a lottery ticket, and students of two teachers."""

import csv

import pytest
from safetensors.numpy import load_file

pytestmark = pytest.mark.slow

STUDY = """
title: Pruning and distillation
question: Does every edge of a recipe reach the training that it is for?
reference: the tests of folklore
base:
  data: {name: mnist, train: 60, validation: 30, test: 40}
  model: {name: mlp, widths: [8]}
  optimiser: {name: sgd, lr: 0.1}
  batch_size: 16
  epochs: 2
variants:
  dense: {}
  trees: {model: {name: xgboost, n_estimators: 2}}
  pruned: {parents: {weights: {study: edges, variant: dense}, mask: {study: edges, variant: dense, amount: 0.5}}}
  pruned twice:
    parents:
      weights: {study: edges, variant: pruned}
      mask: {study: edges, variant: pruned, amount: 0.5, scope: global}
  ticket:
    parents:
      weights: {study: edges, variant: dense, checkpoint: initial}
      mask: {study: edges, variant: pruned, amount: 0.5}
  student: {objective: {name: distillation}, parents: {teacher: {study: edges, variant: dense}}}
  student of trees: {objective: {name: distillation}, parents: {teacher: {study: edges, variant: trees}}}
  other student:
    objective: {name: distillation, alpha: 0.5}
    parents: {teacher: {study: edges, variant: dense}}
seeds: 2
figures:
  table: {kind: table, caption: Scores., metrics: [test_accuracy]}
"""


@pytest.fixture
def trained(fresh):
    """Variant → weights of its first seed."""
    fresh.path("studies/tiny.yaml").unlink()
    fresh.path("studies/edges.yaml").write_text(STUDY)
    assert fresh.plan()["predict_logits"] == 4  # two teachers, two seeds: students of one teacher share its logits
    fresh.finished()
    with fresh.path("results/demo-embedded/tables/edges/runs.csv").open() as table:
        recipes = {row["variant"]: row["recipe"] for row in csv.DictReader(table)}
    folder = fresh.path("results/runs")
    return {variant: load_file(folder / recipe / "1/weights.safetensors") for variant, recipe in recipes.items()}


def test_masks_contain_one_another_and_tickets_begin_as_the_dense_net(trained):
    kept = {name: tensors["mask.fc1.weight"] for name, tensors in trained.items() if "mask.fc1.weight" in tensors}
    assert kept.keys() == {"pruned", "pruned twice", "ticket"}
    size = kept["pruned"].size
    assert (kept["pruned"].sum(), kept["ticket"].sum()) == (size / 2, size / 4)
    assert not (kept["pruned twice"] & ~kept["pruned"]).any()
    assert not trained["pruned twice"]["last.fc1.weight"][~kept["pruned twice"]].any()
    begun = trained["dense"]["initial.fc1.weight"] * kept["ticket"]
    assert (trained["ticket"]["initial.fc1.weight"] == begun).all()
    taught = ("dense", "student", "student of trees", "other student")
    assert len({trained[name]["last.fc1.weight"].tobytes() for name in taught}) == 4
    assert len({trained[name]["initial.fc1.weight"].tobytes() for name in taught}) == 1
