"""Figures of hundreds of variants or classes stay within a page, and say what they leave out."""

import pytest
from planted_tables import curve_rows, run_row

PAGE = 27.0  # inches, at which a figure of the usual width is still legible when it is scaled to a page


def _says(figure, words):
    return words in figure.get_supxlabel().replace("\n", " ")


@pytest.mark.parametrize(
    "asked", [{"kind": "curves"}, {"kind": "comparison", "of": ["train_loss"]}], ids=lambda asked: asked["kind"]
)
def test_many_variants_of_curves(draw, rows_to, asked):
    figure = draw(rows_to([row for number in range(300) for row in curve_rows(f"{number}", 1, [2, 1])]), **asked)
    assert figure.get_figheight() <= PAGE
    most = {"curves": 24, "comparison": 60}[asked["kind"]]
    assert _says(figure, f"the first {most} of 300 variants")


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "table", "metrics": ["test_accuracy"]},
        {"kind": "strip_plot", "metrics": ["test_accuracy"]},
        {"kind": "scatter", "x": "seconds", "y": "test_accuracy"},
    ],
    ids=lambda asked: asked["kind"],
)
def test_many_variants_of_scores(draw_metrics, asked):
    figure = draw_metrics([run_row(f"{number}", 1, number / 300, seconds=number + 1) for number in range(300)], **asked)
    assert figure.get_figheight() <= PAGE
    assert _says(figure, "of 300 variants")


def test_many_classes(draw, facts_to):
    split = {"counts": {"train": [number % 9 for number in range(4000)]}, "seed": 0}
    facts = {"a": {"split": split, "dataset": {"classes": [f"{number / 100}" for number in range(4000)]}}}
    figure = draw(facts_to(facts), kind="class_distribution", variant="a")
    assert figure.get_figheight() <= PAGE
    assert len(figure.axes[0].patches) == 60
    assert _says(figure, "4,000 classes")
    assert _says(figure, "the first 60 of 4,000 classes")
    assert figure.axes[0].get_title(loc="right") == "15,990 examples"
