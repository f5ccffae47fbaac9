"""Accept waves through what nothing but an accepted change of code asks for, and touches no result."""

import csv
import os
import subprocess
import sys

import pytest
from checkouts import Checkout

pytestmark = pytest.mark.slow


def accept(checkout: Checkout, *arguments: str, answer: str = "") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "folklore", "accept", *arguments],
        cwd=checkout.folder, env=os.environ | {"COLUMNS": "140"}, input=answer,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def change(checkout: Checkout, name: str) -> None:
    with checkout.path(name).open("a") as file:
        file.write("\nADDED = 1\n")


def results(checkout: Checkout) -> dict[str, int]:
    """Path → time stamp of every result."""
    folder = checkout.path("results")
    kept = ("accepted.csv", ".lock")
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in kept]
    return {str(path): path.stat().st_mtime_ns for path in files if "code" not in path.parts}


def accepted(checkout: Checkout) -> list[dict[str, str]]:
    with checkout.path("results/accepted.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_after_a_change_was_accepted_nothing_runs_but_the_report_which_shows_it(checkout):
    change(checkout, "folklore/train/network.py")
    assert checkout.plan()["train_run"] == 18
    before = results(checkout)
    done = accept(checkout, "folklore/train/network.py", "--reason", "A constant that nobody reads.", "--yes")
    assert done.returncode == 0, done.stderr
    assert "Only the report, which shows this, would run." in " ".join(done.stdout.split())
    assert results(checkout) == before
    assert checkout.plan() == {"write_report": 1, "write_latex": 1}
    log = accepted(checkout)
    assert {row["rule"] for row in log} == {"describe_study", "train_run", "probe_run"}
    assert {row["modules"] for row in log} == {"folklore.train.network"}
    assert all(row["before"] != row["after"] for row in log)
    assert sum(int(row["outputs"]) for row in log if row["rule"] == "train_run") == 18 * 2
    checkout.finished()
    assert "A constant that nobody reads." in checkout.path("results/demo-embedded/report/index.html").read_text()
    assert checkout.plan() == {}


def test_a_job_with_another_reason_runs_all_the_same(checkout):
    """A figure's code and its caption have changed; another's code alone; a claim's code and a third module."""
    change(checkout, "folklore/figures/table.py")
    change(checkout, "folklore/figures/curves.py")
    checkout.edit("studies/tiny.yaml", "Curves.", "Other curves.")
    change(checkout, "folklore/analysis/tests/greater.py")
    done = accept(checkout, "folklore.figures.table", "folklore.figures.curves", "--reason", "Comments.", "--yes")
    assert done.returncode == 0, done.stderr
    assert [row["modules"] for row in accepted(checkout)] == ["folklore.figures.table"]
    left = checkout.plan()
    assert (left["draw_figure"], left["judge_claims"]) == (1, 1)


def test_without_a_yes_nothing_is_accepted_and_what_cannot_be_is_told(checkout):
    change(checkout, "folklore/figures/table.py")
    declined = accept(checkout, "draw_figure", "--reason", "A comment.", answer="n\n")
    assert declined.returncode == 1
    assert "draw_figure" in declined.stdout
    unknown = accept(checkout, "folklore.figures.tables", "--reason", "A comment.", "--yes")
    assert unknown.returncode == 1
    assert "changed were folklore.figures.table" in unknown.stderr
    assert "Traceback" not in declined.stderr + unknown.stderr
    assert not checkout.path("results/accepted.csv").exists()
    assert checkout.plan()["draw_figure"] == 1
