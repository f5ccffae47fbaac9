import numpy as np
import pytest
from planted_tables import curve_rows


def _bold(axes):
    return [line for line in axes.lines if line.get_linewidth() > 1.5]


def test_the_bold_line_is_the_mean_over_seeds(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [4, 2, 0]) + curve_rows("a", 2, [2, 2, 2]))
    loss, _ = draw(table, kind="curves").axes
    training, validation = _bold(loss)
    assert training.get_ydata().tolist() == validation.get_ydata().tolist() == [3, 2, 1]
    assert training.get_color() != validation.get_color()


def test_every_seed_has_a_thin_line_of_its_own(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [4, 2, 0]) + curve_rows("a", 2, [2, 2, 2]))
    loss, _ = draw(table, kind="curves").axes
    thin = [line.get_ydata().tolist() for line in loss.lines if line.get_linewidth() < 1]
    assert thin == [[4, 2, 0], [2, 2, 2]] * 2


def test_smoothing_is_centred(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [9, 0, 0, 3, 0, 0, 0, 0, 9]))
    loss, _ = draw(table, kind="curves", smooth=3).axes
    bold = _bold(loss)[0]
    assert bold.get_xdata() == pytest.approx([2, 3, 4, 5, 6, 7, 8])
    assert bold.get_ydata() == pytest.approx([3, 1, 1, 1, 0, 0, 3])


def test_a_window_longer_than_a_third_of_the_run_is_shortened_and_the_footnote_says_so(draw, rows_to, texts):
    figure = draw(rows_to(curve_rows("a", 1, [3] * 9)), kind="curves", smooth=50)
    assert len(_bold(figure.axes[0])[0].get_xdata()) == 7
    assert any("moving average over 3 epochs" in text for text in texts(figure))


def test_running_draws_the_training_curve_as_it_was_published(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [1, 1, 1], accuracy=0.8))
    _, measured = draw(table, kind="curves").axes
    _, published = draw(table, kind="curves", running=True).axes
    assert _bold(measured)[0].get_ydata() == pytest.approx([0.8] * 3)
    assert _bold(published)[0].get_ydata() == pytest.approx([0.4] * 3)


def test_a_diverged_run_is_marked_and_named_and_not_averaged(draw, rows_to, texts):
    table = rows_to(curve_rows("a", 1, [2, 1, 0.5]) + curve_rows("a", 2, [2, 90, None]))
    figure = draw(table, kind="curves")
    crosses = [line for line in figure.axes[0].lines if line.get_marker() == "x"]
    assert [line.get_xdata()[0] for line in crosses] == [2, 2]
    assert _bold(figure.axes[0])[0].get_ydata().tolist() == [2, 1, 0.5]
    assert "1 of 2 seeds diverged" in texts(figure)


def test_the_mean_at_each_epoch_is_over_the_runs_that_have_it(draw, rows_to, texts):
    table = rows_to(curve_rows("a", 1, [4, 2, 1, 1]) + curve_rows("a", 2, [2, 2]) + curve_rows("b", 1, [1]))
    figure = draw(table, kind="curves", variants=["a"])
    assert _bold(figure.axes[0])[0].get_xydata().tolist() == [[1, 3], [2, 2], [3, 1], [4, 1]]
    assert [line.get_xdata().tolist() for line in figure.axes[0].lines if line.get_marker() == "|"] == [[2], [2]]
    assert any("a: 2 runs to epoch 2 (|), 1 to epoch 4" in text.replace("\n", " ") for text in texts(figure))


def test_an_explosion_leaves_the_view_instead_of_flattening_the_rest(draw, rows_to, texts):
    calm = [row for seed in (1, 2, 3) for row in curve_rows("calm", seed, list(np.linspace(2.3, 0.5, 20)))]
    wild = curve_rows("wild", 1, [2.3, 5e6, *np.linspace(2.3, 1, 18)])
    figure = draw(rows_to(calm + wild), kind="curves")
    tops = {axes.get_ylim()[1] for axes in figure.axes[::2]}
    assert len(tops) == 1
    assert 2.3 < tops.pop() < 10
    assert "↑ up to 5e+06" in texts(figure)
    assert any("values up to 5e+06 lie above" in text for text in texts(figure))


def test_eight_variants_stand_two_in_a_row_each_with_its_name(draw, rows_to, texts):
    names = [f"lr={number}" for number in range(1, 9)]
    figure = draw(rows_to([row for name in names for row in curve_rows(name, 1, [2, 1])]), kind="curves")
    assert figure.axes[0].get_subplotspec().get_gridspec().ncols == 4
    titles = [axes.get_title(loc="left") for axes in figure.axes[::2]]
    assert titles == names


def test_variants_that_are_not_run_at_this_scale_are_left_out(draw, rows_to):
    table = rows_to(curve_rows("a", 1, [2, 1]) + curve_rows("b", 1, [2, 1]))
    figure = draw(table, kind="curves", variants=["b", "only_at_full_scale"])
    assert [axes.get_title(loc="left") for axes in figure.axes[::2]] == ["b"]


def test_a_figure_without_any_variant_says_so(draw, rows_to, texts):
    figure = draw(rows_to(curve_rows("a", 1, [2, 1])), kind="curves", variants=["b"], note="stand-in data")
    assert set(texts(figure)) == {"stand-in data", "None of the variants that this figure names is run at this scale."}
