import numpy as np
import pytest
from planted_tables import curve_rows
from scipy import stats

from folklore.figures.colours import looks
from folklore.schema.config import Style
from folklore.wording.curves import curve_label


def _line(figure):
    return figure.axes[0].lines[0]


def test_the_band_is_the_t_interval_over_seeds(draw, rows_to):
    values = [1.0, 2.0, 6.0]
    table = rows_to([row for seed, value in enumerate(values) for row in curve_rows("a", seed, [value] * 3)])
    figure = draw(table, kind="comparison", of="train_loss")
    low, high = stats.t.interval(0.95, 2, np.mean(values), stats.sem(values))
    heights = figure.axes[0].collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == pytest.approx((low, high))
    assert _line(figure).get_ydata() == pytest.approx([3.0] * 3)


def _timed(variant: str, seed: int, **columns: float) -> list[dict]:
    """Three epochs, after each of which a column grows by the given number."""
    return [
        {**row, **{name: step * row["epoch"] for name, step in columns.items()}}
        for row in curve_rows(variant, seed, [3, 2, 1])
    ]


def test_against_updates_every_line_stands_at_the_updates_of_its_own_variant(draw, rows_to):
    table = rows_to(_timed("a", 1, updates=10) + _timed("b", 1, updates=40))
    figure = draw(table, kind="comparison", of="train_loss", time_unit="updates")
    assert [line.get_xdata().tolist() for line in figure.axes[0].lines] == [[10, 20, 30], [40, 80, 120]]
    assert figure.axes[0].get_xlabel() == "updates"
    assert figure.axes[0].get_xscale() == "linear"


def test_against_seconds_a_line_stands_at_their_mean_over_seeds_and_the_footnote_says_whose_they_are(
    draw, rows_to, texts
):
    table = rows_to(_timed("a", 1, seconds=1) + _timed("a", 2, seconds=3))
    figure = draw(table, kind="comparison", of="train_loss", time_unit="seconds")
    assert _line(figure).get_xdata().tolist() == [2, 4, 6]
    assert any("measured on one thread" in text.replace("\n", " ") for text in texts(figure))


def test_variants_whose_updates_are_far_apart_share_a_logarithmic_axis_but_epochs_stay_linear(draw, rows_to):
    table = rows_to(_timed("a", 1, updates=1) + _timed("b", 1, updates=30))
    scales = {
        against: draw(table, kind="comparison", of="train_loss", time_unit=against).axes[0].get_xscale()
        for against in ("updates", "epochs")
    }
    assert scales == {"updates": "log", "epochs": "linear"}


def test_a_variant_without_seconds_by_epoch_has_no_line_and_is_named(draw, rows_to, texts):
    untold = [{**row, "seconds": None} for row in curve_rows("xgboost", 1, [3, 2, 1])]
    figure = draw(rows_to(curve_rows("a", 1, [3, 2, 1]) + untold), kind="comparison", of="lr", time_unit="seconds")
    assert len(figure.axes[0].lines) == 1
    assert any("no seconds by epoch, so no line: xgboost" in text.replace("\n", " ") for text in texts(figure))


def test_one_panel_a_curve_and_one_line_a_variant_in_the_order_asked_for(draw, rows_to):
    table = rows_to([row for name in "abc" for row in curve_rows(name, 1, [2, 1])])
    curves = ["validation_loss", "validation_accuracy"]
    figure = draw(table, kind="comparison", of=curves, variants=["c", "a", "b"])
    assert [axes.get_ylabel() for axes in figure.axes] == ["validation loss", "validation accuracy"]
    assert [len(axes.lines) for axes in figure.axes] == [3, 3]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["c", "a", "b"]


def test_a_diverged_run_is_named_in_the_legend_and_left_out_of_the_mean(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [2, 1, 0.5]) + curve_rows("a", 2, [2, 90, None]))
    figure = draw(table, kind="comparison", of="train_accuracy")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["a (1 of 2 diverged)"]
    assert len(_line(figure).get_ydata()) == 3


def test_mean_and_band_at_each_epoch_are_over_the_runs_that_have_it(draw, rows_to, texts):
    losses = {1: [3.0, 3.0, 5.0], 2: [1.0, 2.0, 1.0], 3: [2.0]}
    table = rows_to([row for seed, values in losses.items() for row in curve_rows("a", seed, values)])
    figure = draw(table, kind="comparison", of="train_loss")
    mean, ends = figure.axes[0].lines
    assert mean.get_ydata() == pytest.approx([2.0, 2.5, 3.0])
    assert ends.get_xydata().tolist() == [[1, 2.0]]
    low, high = stats.t.interval(0.95, 1, 3.0, stats.sem([5.0, 1.0]))
    band = figure.axes[0].collections[0].get_paths()[0].vertices
    assert sorted({height for epoch, height in band.tolist() if epoch == 3}) == pytest.approx([low, high])
    assert any("a: 3 runs to epoch 1 (|), 2 to epoch 3" in text.replace("\n", " ") for text in texts(figure))


def test_a_run_shorter_than_the_smoothing_window_leaves_the_mean_to_the_others(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [9, 0, 0, 3, 0, 0, 0, 0, 9]) + curve_rows("a", 2, [5, 5]))
    figure = draw(table, kind="comparison", of="train_loss", smooth=3)
    assert _line(figure).get_ydata() == pytest.approx([3, 1, 1, 1, 0, 0, 3])


def test_the_table_of_runs_says_which_runs_diverged(draw, rows_to):
    """A run whose running loss alone overflowed diverged too, with finite losses to its end."""
    rows = curve_rows("a", 1, [2, 1, 0.5]) + curve_rows("a", 2, [9, 9, 9])
    figure = draw(rows_to(rows, diverged=[("a", 2)]), kind="comparison", of="train_loss")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["a (1 of 2 diverged)"]
    assert _line(figure).get_ydata().tolist() == [2, 1, 0.5]


def test_one_seed_has_no_band_and_the_footnote_says_so(draw, rows_to, texts):
    figure = draw(rows_to(curve_rows("a", 1, [2, 1])), kind="comparison", of="train_loss")
    assert any("1 seed · " in text and "one seed, so no band" in text for text in texts(figure))


def test_raw_shows_every_curve_as_measured_and_below_it_smoothed_on_the_same_axis(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [9, 0, 0, 3, 0, 0, 0, 0, 9]))
    figure = draw(table, kind="comparison", of=["train_loss", "train_accuracy"], smooth=3, raw=True)
    measured, _, averaged, _ = figure.axes
    assert measured.lines[0].get_ydata().tolist() == [9, 0, 0, 3, 0, 0, 0, 0, 9]
    assert averaged.lines[0].get_ydata() == pytest.approx([3, 1, 1, 1, 0, 0, 3])
    assert measured.get_ylim() == averaged.get_ylim()
    assert [axes.get_title(loc="left") for axes in (measured, averaged)] == ["as measured", "smoothed over 3 epochs"]


def test_four_curves_and_raw_give_four_rows_all_as_measured_before_any_is_smoothed(draw, rows_to):
    curves = ["train_loss", "train_accuracy", "validation_loss", "validation_accuracy"]
    figure = draw(rows_to(curve_rows("a", 1, [3.0] * 9)), kind="comparison", of=curves, smooth=3, raw=True)
    assert [axes.get_ylabel() for axes in figure.axes] == list(map(curve_label, curves)) * 2
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["as measured"] * 4 + ["smoothed over 3 epochs"] * 4
    assert figure.axes[0].get_subplotspec().get_gridspec().get_geometry() == (4, 2)


def test_an_odd_number_of_curves_and_raw_leave_a_place_free_in_each_half(draw, rows_to):
    curves = ["train_loss", "train_accuracy", "validation_loss"]
    figure = draw(rows_to(curve_rows("a", 1, [3.0] * 9)), kind="comparison", of=curves, smooth=3, raw=True)
    seen = [axes.get_ylabel() for axes in figure.axes if axes.get_visible()]
    assert seen == list(map(curve_label, curves)) * 2


def test_raw_adds_nothing_to_what_is_not_smoothed(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [3.0] * 9))
    assert len(draw(table, kind="comparison", of="train_loss", raw=True).axes) == 1


def test_a_sweep_darkens_towards_its_low_end_whatever_the_order_of_its_names():
    found = looks(["lr=0.1", "lr=1e-06", "lr=0.01"], Style().palette)
    light = {name: sum(int(look.colour[place : place + 2], 16) for place in (1, 3, 5)) for name, look in found.items()}
    assert sorted(light, key=light.get) == ["lr=1e-06", "lr=0.01", "lr=0.1"]


def test_a_family_shares_its_hue_and_each_member_has_a_dash():
    found = looks(["sgd,lr=0.1", "sgd,lr=0.01", "adam,lr=0.1", "adam,lr=0.01"], Style().palette)
    assert found["sgd,lr=0.1"].dash == found["adam,lr=0.1"].dash != found["sgd,lr=0.01"].dash
    assert len({look.colour for look in found.values()}) == 4


def test_more_variants_than_colours_still_look_different():
    names = [f"variant_{letter}" for letter in "abcdefghijklmnop"]
    found = looks(names, Style().palette)
    assert len({(look.colour, look.dash) for look in found.values()}) == len(names)
