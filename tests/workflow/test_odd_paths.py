"""A checkout, its environment and its results may be in folders with any characters that a shell or Snakemake reads."""

import subprocess
import sys
from pathlib import Path

import pytest
from checkouts import new_checkout

pytestmark = pytest.mark.slow

ODD = "it's a [b] {c} (d)#1"

STUDY = """
title: One regression
question: Does it run in this folder?
reference: the tests of folklore
base:
  data: {name: mnist, train: 60, validation: 30, test: 40}
  model: {name: logistic, max_iter: 5}
variants: {regression: {}}
seeds: 1
figures:
  table: {kind: table, caption: Scores., metrics: [test_accuracy]}
"""


def test_a_study_runs_in_a_checkout_and_an_environment_whose_paths_a_shell_would_split(tmp_path):
    folder = tmp_path / ODD / "folklore"
    folder.mkdir(parents=True)
    checkout = new_checkout(folder)
    checkout.path("studies/tiny.yaml").unlink()
    checkout.path("studies/One-study.yaml").write_text(STUDY)
    environment = tmp_path / ODD / "venv"
    environment.symlink_to(sys.prefix)

    python = environment / "bin" / Path(sys.executable).name
    results = tmp_path / ODD.replace("{c} ", "") / "results"
    command = [python, "-m", "snakemake", "--cores", "2", "--config", f"results={results}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "One regression" in (results / "demo-embedded/report/index.html").read_text()
