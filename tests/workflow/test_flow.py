"""The whole flow on a tiny study: what users find at its end, and that cores and repetition make no difference."""

import json
import re
import shutil

import pytest
import yaml

from folklore.provenance.fingerprint import ROOT

pytestmark = pytest.mark.slow


def test_the_report_holds_every_claim_and_figure(finished_study):
    page = finished_study.path("results/demo-embedded/report/index.html").read_text()
    for number in range(1, 8):
        assert f"T-{number}" in page
    figures = yaml.safe_load(finished_study.path("studies/tiny.yaml").read_text())["figures"]
    for figure in figures:
        assert f"snakemake --cores 1 results/demo-embedded/figures/tiny/{figure}.svg" in page


def test_the_page_needs_no_other_file(finished_study):
    page = finished_study.path("results/demo-embedded/report/index.html").read_text()
    assert not re.findall(r'(?:src|href)="(?!#|data:)([^"]+)"', re.sub(r'href="https?://[^"]+"', "", page))


def test_one_core_gives_the_same_bytes_as_two(finished_study, fresh):
    targets = [
        str(path.relative_to(finished_study.folder))
        for path in finished_study.folder.glob("results/runs/*-c[nl]*/1/scores.json")
    ]
    targets += [
        str(path.relative_to(finished_study.folder))
        for path in finished_study.folder.glob("results/runs/*-xg*/1/scores.json")
    ]
    assert len(targets) >= 2
    fresh.finished("--cores", "1", *targets)
    for target in targets:
        for name in ("scores.json", "history.csv", "weights.safetensors"):
            ours, theirs = fresh.path(target).with_name(name), finished_study.path(target).with_name(name)
            assert ours.read_bytes() == theirs.read_bytes(), f"{target}: {name}"


def test_one_figure_is_redrawn_by_its_path(checkout):
    figure = checkout.path("results/demo-embedded/figures/tiny/curves.svg")
    other = checkout.path("results/demo-embedded/figures/tiny/table.svg")
    before, untouched = figure.read_bytes(), other.stat().st_mtime_ns
    checkout.edit("studies/tiny.yaml", "variants: [lr=0.1, adam]}", "variants: [adam]}")
    checkout.finished("results/demo-embedded/figures/tiny/curves.svg")
    assert figure.read_bytes() != before
    assert other.stat().st_mtime_ns == untouched


def test_snakemakes_own_report_can_be_written(checkout):
    checkout.finished("--report", "own.html")
    assert checkout.path("own.html").stat().st_size > 100_000


def test_a_diverged_run_is_reported_and_stops_nothing(checkout):
    checkout.edit("studies/tiny.yaml", "momentum: {optimiser: {momentum: 0.9}}", "momentum: {optimiser: {lr: 1e30}}")
    checkout.finished()
    scores = [json.loads(path.read_text()) for path in checkout.folder.glob("results/runs/*/1/scores.json")]
    assert [run["diverged_epoch"] for run in scores if run["status"] == "diverged"] == [1]
    assert "diverged" in checkout.path("results/demo-embedded/report/index.html").read_text()


@pytest.mark.parametrize("scale", ["demo", "full"])
def test_every_study_that_comes_with_folklore_can_be_planned(tmp_path, fresh, scale):
    shutil.rmtree(fresh.path("studies"))
    shutil.copytree(ROOT / "studies", fresh.path("studies"))
    assert fresh.plan("--config", f"scale={scale}", "data={source: official}")["train_run"] > 100


def test_a_data_set_of_ones_own_needs_a_path_and_columns_and_no_python(fresh):
    rows = [f"{x},{y},{'north' if x + y > 9 else 'south'}" for x in range(10) for y in range(10)]
    fresh.path("places.csv").write_text("\n".join(["east,up,side", *rows, ""]))
    fresh.path("studies/tiny.yaml").unlink()
    fresh.path("studies/places.yaml").write_text("""
        title: Two sides
        question: Can a line tell them apart?
        reference: the tests of folklore
        base:
          data:
            {name: places, source: local, path: places.csv, inputs: [east, up], label: side, train: 50, validation: 20}
          model: {name: logistic}
        variants: {regression: {}}
        seeds: 1
    """)
    (regression,) = set(re.findall(r"results/runs/places-logistic-\w+/1/scores.json", fresh.finished("--dry-run")))
    fresh.finished(regression)
    scores = json.loads(fresh.path(regression).read_text())
    assert scores["checkpoints"]["last"]["test_accuracy"] > 0.8
