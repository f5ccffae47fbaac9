import pytest
from planted_tables import curve_rows


def _table(rows_to, seeds, losses=(9, 0, 0, 3, 0, 0, 0, 0, 9), variants=("a",)):
    return rows_to([row for name in variants for seed in seeds for row in curve_rows(name, seed, list(losses))])


def _seen(figure):
    return [axes for axes in figure.axes if axes.get_visible()]


def _by_row(figure):
    """Visible panels, top to bottom."""
    rows = {}
    for axes in _seen(figure):
        rows.setdefault(axes.get_subplotspec().rowspan.start, []).append(axes)
    return list(rows.values())


def test_a_run_is_drawn_faint_as_measured_and_bold_smoothed(draw, rows_to):
    loss, _ = _seen(draw(_table(rows_to, [1]), kind="single_runs", smooth=3))
    measured, averaged = loss.lines[:2]
    assert measured.get_ydata().tolist() == [9, 0, 0, 3, 0, 0, 0, 0, 9]
    assert measured.get_alpha() == pytest.approx(0.3)
    assert averaged.get_xdata() == pytest.approx([2, 3, 4, 5, 6, 7, 8])
    assert averaged.get_ydata() == pytest.approx([3, 1, 1, 1, 0, 0, 3])
    assert averaged.get_linewidth() > measured.get_linewidth()


def test_each_seed_has_a_column_of_its_own_with_loss_above_accuracy(draw, rows_to):
    rows = curve_rows("a", 1, [3, 2, 1], accuracy=0.2) + curve_rows("a", 2, [6, 5, 4], accuracy=0.8)
    loss, accuracy = _by_row(draw(rows_to(rows), kind="single_runs"))
    assert [axes.lines[0].get_ydata().tolist() for axes in loss] == [[3, 2, 1], [6, 5, 4]]
    assert [axes.lines[0].get_ydata().tolist() for axes in accuracy] == [[0.2] * 3, [0.8] * 3]


def test_training_and_validation_differ_in_colour_and_dash(draw, rows_to):
    loss, _ = _seen(draw(_table(rows_to, [1]), kind="single_runs"))
    training, validation = loss.lines[1], loss.lines[3]
    assert training.get_color() != validation.get_color()
    assert training.get_linestyle() != validation.get_linestyle()


def test_titles_name_variant_and_seed(draw, rows_to):
    above = _by_row(draw(_table(rows_to, [1, 2], variants=("a", "b")), kind="single_runs"))[::2]
    assert [row[0].get_title(loc="left").strip() for row in above] == ["a", "b"]
    assert [[axes.get_title(loc="right") for axes in row] for row in above] == [["seed 1", "seed 2"]] * 2


def test_six_seeds_take_two_rows_of_panels(draw, rows_to):
    rows = _by_row(draw(_table(rows_to, range(1, 7)), kind="single_runs"))
    assert [len(row) for row in rows] == [5, 5, 1, 1]
    assert rows[2][0].get_title(loc="right") == "seed 6"
    assert rows[2][0].get_title(loc="left").strip() == "a"


def test_loss_axes_are_shared_within_a_variant_and_accuracy_axes_by_all(draw, rows_to):
    calm = curve_rows("calm", 1, [0.2] * 4) + curve_rows("calm", 2, [0.1] * 4)
    rows = _by_row(draw(rows_to(calm + curve_rows("high", 1, [40.0] * 4)), kind="single_runs"))
    (first, second), (high,) = rows[0], rows[2]
    assert first.get_ylim() == second.get_ylim() != high.get_ylim()
    assert {axes.get_ylim() for row in rows[1::2] for axes in row} == {(0, 1.02)}


def test_a_run_that_diverged_says_so_in_its_panel_alone(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [2, 1, 0.5] * 4) + curve_rows("a", 2, [2, 3, None]))
    finished, broken = _by_row(draw(table, kind="single_runs", smooth=4))[0]
    assert [text.get_text() for text in broken.texts] == ["diverged in epoch 3"]
    assert not finished.texts
    assert broken.lines[0].get_ydata()[:2].tolist() == [2, 3]


def test_an_explosion_leaves_the_view_and_the_footnote_says_so(draw, rows_to, texts):
    table = rows_to(curve_rows("a", 1, [2.0, 5e6] + [1.0] * 20))
    figure = draw(table, kind="single_runs")
    assert _seen(figure)[0].get_ylim()[1] < 10
    assert any("a: loss axes end at" in text and "values up to 5e+06 lie above" in text for text in texts(figure))


def test_a_figure_without_any_variant_says_so(draw, rows_to, texts):
    figure = draw(_table(rows_to, [1]), kind="single_runs", variants=["b"], note="stand-in data")
    assert set(texts(figure)) == {"stand-in data", "None of the variants that this figure names is run at this scale."}
