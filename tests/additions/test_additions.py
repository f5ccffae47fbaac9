"""Each kind of thing that studies name is added in at most three files, not counting tests and docs.

To show a new kind: `<kind>.patch` adds one, made by `git diff --cached -U1` in a checkout where it works; `<kind>.yaml`
is a study that uses it; IN_THE_REPORT has a sentence or number that the section of that study shows.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from checkouts import Checkout

HERE = Path(__file__).parent

IN_THE_REPORT = {
    "metric": "the median validation loss over the last 2 epochs",
    "claim": "the test accuracy after the last epoch averages",
    "figure": "figures/figure/ranking.svg",
    "model": "Gated network: 8 hidden units, each times its sigmoid gate, normalised (in some variants",
    "objective": "labels of which 0.2 is spread evenly over all classes",
    "recorder": "the share of its elements below 0.01 in magnitude",
}


@pytest.fixture
def extended(fresh, request) -> Checkout:
    """A checkout with the patch of a kind, whose only study uses it."""
    kind = request.param
    subprocess.run(["git", "apply", str(HERE / f"{kind}.patch")], cwd=fresh.folder, check=True)
    fresh.path("studies/tiny.yaml").unlink()
    shutil.copy(HERE / f"{kind}.yaml", fresh.path(f"studies/{kind}.yaml"))
    return fresh


def test_every_patch_has_a_study_and_a_sentence_and_is_applied():
    for ending in ("patch", "yaml"):
        assert {path.stem for path in HERE.glob(f"*.{ending}")} == {*IN_THE_REPORT}


@pytest.mark.parametrize("kind", IN_THE_REPORT)
def test_an_addition_touches_at_most_three_files(kind):
    touched = re.findall(r"^\+\+\+ b/(.+)$", (HERE / f"{kind}.patch").read_text(), re.MULTILINE)
    assert 1 <= len([name for name in touched if not name.startswith(("tests/", "docs/"))]) <= 3, touched


@pytest.mark.parametrize("extended", IN_THE_REPORT, indirect=True)
def test_the_study_of_an_addition_is_planned_once_its_patch_is_applied(extended):
    planned = extended.plan()
    assert planned["train_run"] >= 1 and planned["write_report"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("extended", IN_THE_REPORT, indirect=True)
def test_an_addition_reaches_the_report(extended):
    extended.finished()
    (study,) = extended.path("studies").glob("*.yaml")
    section = extended.path(f"results/demo-embedded/report/sections/{study.stem}.json").read_text()
    assert IN_THE_REPORT[study.stem] in section
