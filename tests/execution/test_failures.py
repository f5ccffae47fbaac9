"""What a failed job leaves out: its own files, and those of jobs that cannot do without them."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from folklore.execution.failures import VARIABLE, files_left_out, read_failures


@dataclass(frozen=True, eq=False)
class Job:
    """A job as Snakemake's scheduler has it."""

    name: str
    output: tuple[str, ...]
    input: SimpleNamespace = field(default_factory=SimpleNamespace)
    log: tuple[str, ...] = ()

    @property
    def rule(self):
        return SimpleNamespace(name=self.name)

    def is_group(self):
        return False


parent, child, other = (Job("train_run", (f"{name}/scores.json",)) for name in ("parent", "child", "other"))
SCORES = SimpleNamespace(scores=["parent/scores.json", "child/scores.json", "other/scores.json"])
collected = Job("collect_scores", ("runs.csv",), SCORES)
section = Job("write_section", ("section.json",))
page = Job("write_report", ("index.html",), SimpleNamespace(sections=["section.json"]))
figure = Job("draw_figure", ("figure.svg",))
DEPENDING = {
    parent: [child, collected],
    child: [collected],
    other: [collected],
    collected: [figure, section],
    figure: [section],
    section: [page],
}


def test_a_child_of_a_failed_run_is_left_out_and_a_table_of_runs_is_not():
    assert list(files_left_out([parent], DEPENDING)) == ["parent/scores.json", "child/scores.json"]


def test_a_section_does_without_a_figure():
    assert list(files_left_out([figure], DEPENDING)) == ["figure.svg"]


def test_a_table_of_failed_runs_alone_is_left_out_and_so_is_a_report_of_no_section():
    left_out = files_left_out([parent, other], DEPENDING)
    assert {"runs.csv", "figure.svg", "section.json", "index.html"} <= left_out.keys()


def test_all_members_of_a_failed_group_are_left_out():
    group = SimpleNamespace(is_group=lambda: True, jobs=[child, other])
    assert list(files_left_out([group], {})) == ["other/scores.json", "child/scores.json"]


def test_the_reason_is_the_last_line_of_the_log(tmp_path):
    log = tmp_path / "a.log"
    log.write_text("Traceback\n  File\nValueError: odd\n\n")
    failed = Job("train_run", ("a",), log=(str(log),))
    assert files_left_out([failed], {}) == {"a": f"train_run failed: ValueError: odd ({log})"}


@pytest.mark.parametrize("named", [False, True])
def test_only_a_snakemake_that_writes_an_incomplete_report_reads_failures(tmp_path, monkeypatch, named):
    (tmp_path / "failures.json").write_text('{"a": "why"}')
    if named:
        monkeypatch.setenv(VARIABLE, str(tmp_path / "failures.json"))
    else:
        monkeypatch.delenv(VARIABLE, raising=False)
    assert read_failures() == ({"a": "why"} if named else {})
