"""Explain names exactly what was changed in a finished study, key by key, and what it will cost."""

import os
import re
import subprocess
import sys

import pytest
from checkouts import Checkout
from cli_called import ask, said

pytestmark = pytest.mark.slow


def explained(checkout: Checkout, *arguments: str) -> str:
    """In a process of its own, so that the code of the checkout is what is explained."""
    told = subprocess.run(
        [sys.executable, "-m", "folklore", "explain", *arguments],
        cwd=checkout.folder, env=os.environ | {"COLUMNS": "140"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout


def block(output: str, rule: str) -> str:
    """What is said of one rule, blanks in short."""
    found = re.search(rf"^{rule} · (.*?)(?:\n\n|\Z)", output, re.MULTILINE | re.DOTALL)
    assert found, output
    return re.sub(r"\s+", " ", found.group(1))


def test_nothing_would_run_in_a_finished_study(checkout, monkeypatch):
    monkeypatch.chdir(checkout.folder)
    assert "Nothing would run" in said("explain")


def test_every_change_is_named_with_its_key_its_values_and_its_module(checkout):
    """All at once, since each question to Snakemake takes seconds."""
    checkout.edit(
        "studies/tiny.yaml", "momentum: {optimiser: {momentum: 0.9}}", "momentum: {optimiser: {momentum: 0.8}}"
    )
    checkout.edit("studies/tiny.yaml", "  adam: {", "  another: {optimiser: {lr: 0.02}}\n  adam: {")
    checkout.edit("studies/tiny.yaml", "Curves.", "Other curves.")
    checkout.path("folklore/train/learners/xgboost.py").open("a").write("\nADDED = 1\n")
    next(iter(checkout.folder.glob("results/runs/mnist-cnn-*/1/scores.json"))).unlink()
    output = explained(checkout)
    trainings = block(output, "train_run")
    assert "1 recipe tiny/momentum optimiser.momentum: 0.9 → 0.8" in trainings
    assert "1 new tiny/another, beside lr=0.01 optimiser.lr: 0.01 → 0.02" in trainings
    assert "1 code folklore.train.learners.xgboost tiny/trees, seed 1" in trainings
    assert "1 lost made before, deleted since tiny/cnn, seed 1" in trainings
    assert "2 recorded" in trainings
    assert "1 setting caption: Curves. → Other curves. tiny/curves" in block(output, "draw_figure")
    assert "variants.momentum: mnist-mlp-" in block(output, "collect_scores")
    assert "follows from write_section" in block(output, "write_report")
    assert re.search(r"^\d+ jobs would run: .* core-hours, 0 GPU-hours$", output, re.MULTILINE)


def test_a_thousand_jobs_with_one_reason_are_one_line(checkout, monkeypatch):
    monkeypatch.chdir(checkout.folder)
    trainings = block(said("explain", "--config", "seeds=50", "tiny"), "train_run")
    assert re.fullmatch(r"980 jobs · .*? new tiny: seed 2 .*", trainings)


def test_a_figure_is_explained_by_its_path_and_one_that_there_is_not_is_named(checkout, monkeypatch):
    monkeypatch.chdir(checkout.folder)
    checkout.edit("studies/tiny.yaml", "Curves.", "Other curves.")
    output = said("explain", "results/demo-embedded/figures/tiny/curves.svg")
    assert output.startswith("1 job would run")
    wrong = ask("explain", "results/demo-embedded/figures/tiny/curvs.svg")
    assert wrong.exit_code == 1
    assert "no figure of tiny 'curvs'; did you mean 'curves'?" in wrong.output


def test_other_data_are_named_with_the_jobs_that_follow_from_them(checkout, monkeypatch):
    monkeypatch.chdir(checkout.folder)
    note = next(iter(checkout.folder.glob("results/data/mnist*.json")))
    note.write_text(note.read_text().replace("sha256", "sha256 "))
    output = said("explain")
    assert f"data results/data/{note.name} changed" in block(output, "train_run")
    assert "follows from train_run" in block(output, "collect_scores")
