"""The example of docs/adding-a-model.md runs to its report, and its code is part of what its runs depend on."""

import csv
import json
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).resolve().parents[2] / "docs/adding-a-model.md").read_text()


@pytest.fixture
def example(fresh):
    fresh.path("studies/tiny.yaml").unlink()
    for name, code in re.findall(r"```\w+\n# ([\w./]+)\n(.*?)```", PAGE, flags=re.DOTALL):
        fresh.path(name).write_text(code)
    return fresh


def test_the_example_of_the_page_runs_to_its_report_and_reruns_when_its_code_changes(example):
    example.finished()
    tables = example.path("results/demo-embedded/tables/shortcut")
    with (tables / "runs.csv").open() as table:
        assert [row["status"] for row in csv.DictReader(table)] == ["finished"] * 6
    rows = json.loads((tables / "facts.json").read_text())["width=16"]["layers"]
    assert {row["layer"]: row["parameters"] for row in rows if row["parameters"]} == {
        "hidden.0": 784 * 16 + 16,
        "output": (784 + 16) * 10 + 10,
    }
    section = example.path("results/demo-embedded/report/sections/shortcut.json").read_text()
    assert "my_models.py:build" in section and "width = 4 or width = 16 (by variant)" in section
    assert (tables / "records.csv").read_text().count("calibration") > 0
    assert example.plan() == {}
    example.edit("my_models.py", "class Shortcut", "# A comment.\nclass Shortcut")
    assert example.plan() == {}
    example.edit("my_models.py", "nn.ReLU()", "nn.Tanh()")
    assert example.plan()["train_run"] == 4
