import pytest
from matplotlib.text import Text
from planted_tables import curve_rows, run_row

from folklore.figures import letters
from folklore.figures.saving import save
from folklore.schema.config import Style

DOLLARS = ["cost $a_$", "$$", "$30K–$60K", ">$60K", "US$ 5^^2 $x"]


@pytest.fixture
def shown(tmp_path):
    """The texts of a figure once it is saved."""

    def written(figure):
        save(figure, Style(dpi=40), *(tmp_path / f"figure.{kind}" for kind in ("svg", "pdf", "png")))
        return [text.get_text() for text in figure.findobj(Text)]

    return written


@pytest.mark.parametrize("kind", ["curves", "comparison", "single_runs"])
def test_a_dollar_in_the_name_of_a_variant_is_drawn_as_a_dollar(draw, rows_to, shown, kind):
    rows = [row for name in DOLLARS for row in curve_rows(name, 1, [2, 1])]
    asked = {"of": ["train_loss"]} if kind == "comparison" else {}
    figure = draw(rows_to(rows), kind=kind, **asked)
    assert {name.strip() for name in shown(figure)} >= set(DOLLARS)


@pytest.mark.parametrize("kind", ["table", "strip_plot"])
def test_a_dollar_stays_in_tables_and_strips(draw_metrics, shown, kind):
    rows = [run_row(name, 1, 0.5) for name in DOLLARS]
    assert set(shown(draw_metrics(rows, kind=kind, metrics=["test_accuracy"]))) >= set(DOLLARS)


def test_a_dollar_stays_in_the_names_of_classes(draw, facts_to, shown):
    split = {"counts": {"train": [1] * 5}, "seed": 0}
    facts = {"a": {"split": split, "dataset": {"classes": DOLLARS}}}
    assert set(shown(draw(facts_to(facts), kind="class_distribution", variant="a"))) >= set(DOLLARS)


def test_powers_of_ten_on_a_log_axis_need_no_mathtext(draw, rows_to, shown):
    rows = [{**row, "lr": 10.0 ** -row["epoch"]} for row in curve_rows("a", 1, [2, 1, 1, 1])]
    texts = shown(draw(rows_to(rows), kind="comparison", of=["lr"]))
    assert {"10⁻¹", "10⁻⁴"} <= set(texts)


def test_a_letter_that_no_font_has_is_written_by_its_code_point(draw_metrics, shown, monkeypatch):
    monkeypatch.setattr(letters, "_font_with", lambda _: None)
    texts = shown(draw_metrics([run_row("狗", 1, 0.5), run_row("猫", 1, 0.5)], kind="table", metrics=["test_accuracy"]))
    assert {"[U+72D7]", "[U+732B]"} <= set(texts)


def test_another_installed_font_shows_a_letter_that_the_usual_one_lacks(draw_metrics, shown):
    """matplotlib brings STIX along, which has ᶁ."""
    figure = draw_metrics([run_row("ᶁ", 1, 0.5)], kind="table", metrics=["test_accuracy"])
    assert "ᶁ" in shown(figure)
    (text,) = [text for text in figure.findobj(Text) if text.get_text() == "ᶁ"]
    assert text.get_fontfamily()[0] == letters.FONT
    assert len(text.get_fontfamily()) == 2
