"""A training and a figure that fail keep neither the other results nor the report from being made."""

import json

import pytest
from checkouts import Checkout

pytestmark = pytest.mark.slow

LEARNER, FIGURE = "folklore/train/learners/logistic.py", "folklore/figures/table.py"
EDITION = "results/demo-embedded"
CLAIM = "  - {id: T-8, says: Trees win., test: greater, metric: test_accuracy, of: trees, than: regression}\ndefects:"


def break_code(checkout: Checkout, name: str, function: str) -> str:
    """Make a function raise; return the file's text from before."""
    path = checkout.path(name)
    text = path.read_text()
    path.write_text(f"{text}\n\ndef {function}(*_, **__):\n    raise RuntimeError('planted in {function}')\n")
    return text


def report(checkout: Checkout) -> str:
    return checkout.path(f"{EDITION}/report/index.html").read_text()


def test_a_failed_training_and_a_failed_figure_are_named_in_a_report_of_all_the_rest(checkout):
    checkout.edit("studies/tiny.yaml", "defects:", CLAIM)
    learner, figure = break_code(checkout, LEARNER, "fit"), break_code(checkout, FIGURE, "draw")

    done = checkout.snakemake("report")

    assert done.returncode == 1, done.stdout
    page = report(checkout)
    assert "<li>regression, seed 1: <code>train_run failed: RuntimeError: planted in fit (results/logs/" in page
    assert "<li>figure table: <code>draw_figure failed: RuntimeError: planted in draw (results/demo-embedded" in page
    assert "planted in fit" in checkout.path(f"{EDITION}/report/report.tex").read_text()
    verdicts = {each["id"]: each for each in json.loads(checkout.path(f"{EDITION}/verdicts/tiny.json").read_text())}
    assert verdicts["T-8"]["ruling"] == "undecided"
    assert "“regression” (seed 1) failed" in verdicts["T-8"]["reason"]
    assert verdicts["T-6"]["ruling"] == "not testable"
    row = next(
        line for line in checkout.path(f"{EDITION}/tables/tiny/runs.csv").read_text().splitlines() if "regr" in line
    )
    assert row.split(",")[3] == "failed"

    left = checkout.plan()
    assert left["train_run"] == 1
    assert left["draw_figure"] >= 1

    checkout.path(LEARNER).write_text(learner)
    checkout.path(FIGURE).write_text(figure)
    checkout.finished("report")
    assert "planted" not in report(checkout)
    assert "Incomplete" not in report(checkout)
    assert checkout.plan() == {}
