from pathlib import Path

import numpy as np
import pytest
from planted_study import plant

from folklore.analysis.csv_tables import read_table
from folklore.analysis.metrics_table import MetricsTable
from folklore.execution.files import read_json
from folklore.report.page import Section
from folklore.report.results import among
from folklore.report.section import compose, read_verdicts
from folklore.schema.study import Study

FIGURES = {"curves": {"svg": "figures/curves.svg", "pdf": "figures/curves.pdf", "png": "figures/curves.png"}}


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    study = Study.model_validate(plant(tmp_path, "planted"))
    place = tmp_path / "planted"
    tables = (
        read_table(place / "runs.csv"),
        read_json(place / "facts.json"),
        MetricsTable.read(place / "metrics.csv"),
        read_verdicts(place / "verdicts.json"),
    )
    return lambda: compose("planted", study, "demo-embedded", "demo", FIGURES, (), *tables)


@pytest.fixture
def section(write) -> Section:
    return write()


def said_on(section: Section, aspect: str) -> str:
    return " ".join(statement.text for statement in section.protocol if statement.aspect == aspect)


def test_the_protocol_says_what_a_replication_needs(section):
    assert "η₀ = 0.1 or 0.01 (by variant), no weight decay" in said_on(section, "Optimiser")
    assert "η(t) = η₀ / (1 + k·t) with k = 0.25" in said_on(section, "Schedule")
    assert "split seed 7" in said_on(section, "Split")
    assert "first 1,000 examples for training, and the last 300 of the same order" in said_on(section, "Split")
    assert "Mini-batches of 64" in said_on(section, "Batches and epochs")
    assert "5 epochs" in said_on(section, "Batches and epochs")
    assert "16, 32, 64" in said_on(section, "Model")
    assert "89,834 trainable parameters" in said_on(section, "Model")
    assert "seeds 1, 2, 3" in said_on(section, "Seeds")


def test_the_variants_are_told_apart_by_what_differs_and_name_their_recipe(section):
    assert section.variants.columns == ("variant", "optimiser.lr", "recipe")
    assert section.variants.rows[0] == ("lr=0.1", "0.1", "digits-cnn-0.1")


def test_a_mean_stands_with_its_interval_and_with_how_many_runs_it_has(section):
    column = section.results.columns.index("test accuracy, last")
    assert section.results.rows[0][column] == "0.710 ± 0.025"  # 4.303 · 0.01 / √3
    assert [row[1] for row in section.results.rows] == ["3 of 3", "2 of 3"]


def test_a_diverged_run_is_listed_and_keeps_its_variant_from_being_chosen(section):
    assert section.diverged == ("lr=0.01, seed 3, in epoch 4",)
    assert section.results.marked == (0,)
    assert "chooses lr=0.1" in section.chosen[0]


def test_published_values_stand_beside_measured_ones_with_a_warning_on_stand_ins(section):
    assert section.published.rows[0] == (
        "lr=0.1",
        "test accuracy after the last epoch",
        "0.900",
        "0.710 ± 0.025",
        "above",
        "table 1",
    )
    assert "stand-in data: not comparable" in section.published.caption


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        (0.38, "below"),
        (0.39, "within"),
        (0.4, "within"),
        (0.414, "within"),
        (0.415, "above"),
        (1.0, "above"),
        (0.0, "below"),
    ],
)
def test_a_published_value_lies_below_within_or_above_the_seeds_as_far_as_it_is_told(printed, place):
    assert among(printed, np.array([0.4, 0.394, 0.4136])) == place


def test_one_seed_has_no_range():
    assert among(0.4, np.array([0.4])) == "–"


def test_a_claim_read_both_ways_counts_once_and_shows_what_the_defect_was_worth(section):
    assert [verdict.ruling for verdict in section.judged] == ["supported", "refuted", "undecided", "not testable"]
    ((published, corrected),) = section.judged_both_ways(section.defects[0])
    assert (published.ruling, corrected.ruling) == ("refuted", "supported")


def test_a_caption_counts_the_seeds(section):
    assert section.figures[0].caption == "The curves of both rates over 3 seeds."


def test_every_figure_says_how_to_redraw_it(section):
    assert section.figures[0].redraw == "snakemake --cores 1 figures/curves.svg"


def test_a_figure_drawn_anew_changes_the_section_and_so_the_report(write, section):
    with Path("figures/curves.svg").open("a") as drawing:
        drawing.write("<!-- another line -->")
    assert section.figures[0].sha256 != write().figures[0].sha256


def test_a_section_read_back_is_the_same(section):
    assert Section.model_validate(section.model_dump(mode="json")) == section
