import numpy as np
import pytest
from planted_tables import trace_rows, window_rows
from scipy import stats

DEAD = {"kind": "series", "recorder": "units", "statistics": ["dead"]}
SQUARES = {"kind": "series", "recorder": "gradients", "statistics": ["squared_norm"], "log": True}


def _squares(variant: str, seed: int, name: str, values: list[float]) -> list[dict]:
    return trace_rows(variant, seed, name, values, recorder="gradients", statistic="squared_norm")


def _seen(figure):
    return [axes for axes in figure.axes if axes.get_visible()]


def _lines(axes):
    """Those of the variants or names, without marks."""
    return [line for line in axes.lines if len(line.get_xdata()) and line.get_linestyle() != "None"]


def _ticks(axes):
    """Label → where it stands on the vertical axis."""
    places = axes.yaxis.get_majorticklocs()
    return dict(zip(axes.yaxis.get_major_formatter().format_ticks(places), places, strict=True))


def _legend(figure):
    return [text.get_text() for text in figure.legends[0].get_texts()]


def _footnote(figure):
    return figure.get_supxlabel().replace("\n", " ")


def test_variants_are_lines_with_a_panel_for_each_name(draw, rows_to):
    rows = [
        row
        for variant, share in (("b", 0.5), ("a", 0.25))
        for layer in ("fc1", "fc2")
        for row in trace_rows(variant, 1, layer, [share, share])
    ]
    figure = draw(rows_to(rows), **DEAD, variants=["a", "b"])
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["fc1", "fc2"]
    assert [[line.get_ydata().tolist() for line in _lines(axes)] for axes in figure.axes] == [
        [[0.25, 0.25], [0.5, 0.5]]
    ] * 2
    assert _legend(figure) == ["a", "b"]


def test_names_are_lines_in_forward_order_with_a_panel_for_each_variant(draw, rows_to):
    rows = [row for name in ("a", "b") for layer in ("fc2", "fc10", "fc1") for row in trace_rows(name, 1, layer, [1])]
    figure = draw(rows_to(rows), **DEAD, lines="names", names=["fc1*"])
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["a", "b"]
    assert _legend(figure) == ["fc10", "fc1"]


def test_parts_are_lines_with_a_panel_for_each_layer_and_a_row_for_each_variant_and_measure(draw, rows_to):
    rows = []
    for variant, layers in (("plain", ["fc1"]), ("normed", ["fc1", "bn1"])):
        for measure, value in (("mean", 1.0), ("sd", 2.0)):
            for part in ("train", "validation"):
                for layer in layers:
                    changes = {"recorder": "layer_outputs", "statistic": measure}
                    rows += trace_rows(variant, 1, f"{part}/{layer}", [value], **changes)
    figure = draw(rows_to(rows), kind="series", recorder="layer_outputs", statistics=["mean", "sd"], lines="splits")
    assert [axes.get_title(loc="right") for axes in _seen(figure)] == ["fc1", "fc1", "fc1", "bn1", "fc1", "bn1"]
    headings = [axes.get_title(loc="left").strip() for axes in _seen(figure)]
    assert headings == ["plain", "", "normed", "", "", ""]
    assert _legend(figure) == ["train", "validation"]
    assert [len(_lines(axes)) for axes in _seen(figure)] == [2] * 6


def test_a_layer_keeps_its_axis_from_variant_to_variant(draw, rows_to):
    rows = [
        row
        for variant, mean in (("small", 1.0), ("large", 9.0))
        for row in trace_rows(variant, 1, "train/fc1", [0, mean], recorder="layer_outputs", statistic="mean")
    ]
    small, large = draw(
        rows_to(rows), kind="series", recorder="layer_outputs", statistics=["mean"], lines="splits"
    ).axes
    assert small.get_ylim() == large.get_ylim()
    assert large.get_ylim()[1] > 9


def test_line_and_band_are_the_mean_and_its_t_interval_over_seeds(draw, rows_to):
    values = [0.1, 0.2, 0.6]
    figure = draw(
        rows_to([row for seed, one in enumerate(values) for row in trace_rows("a", seed, "x", [one] * 2)]), **DEAD
    )
    low, high = stats.t.interval(0.95, 2, np.mean(values), stats.sem(values))
    heights = figure.axes[0].collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == pytest.approx((low, high))
    assert _lines(figure.axes[0])[0].get_ydata() == pytest.approx([0.3, 0.3])


def test_shares_of_a_whole_have_an_axis_from_0_to_1(draw, rows_to):
    low, high = draw(rows_to(trace_rows("a", 1, "fc1", [0.4, 0.5])), **DEAD).axes[0].get_ylim()
    assert (low, high) == (pytest.approx(0, abs=0.05), pytest.approx(1, abs=0.05))


def test_windows_of_updates_stand_at_the_updates_of_their_ends_with_measures_side_by_side(draw, rows_to):
    rows = window_rows("a", 1, {100: 3.0, 50: 4.0}) + window_rows("a", 1, {100: 0.5, 50: 1.0}, statistic="sd")
    asked = {"kind": "series", "recorder": "loss_noise", "time_point": "updates", "statistics": ["mean", "sd"]}
    mean, sd = draw(rows_to(rows), **asked).axes
    assert _lines(mean)[0].get_xydata().tolist() == [[50, 4], [100, 3]]
    assert _lines(sd)[0].get_xydata().tolist() == [[50, 1], [100, 0.5]]
    assert mean.get_xlabel() == "updates"
    assert mean.get_subplotspec().rowspan == sd.get_subplotspec().rowspan


def test_on_a_log_axis_exact_zeros_lie_in_a_strip_of_their_own_that_is_labelled_0(draw, rows_to):
    rows = [
        row
        for seed in (1, 2)
        for name, values in (("fc1", [0.0, 0.0]), ("fc2", [0.0, 1e-6]), ("fc3", [1e-2, 1e-3]))
        for row in _squares("a", seed, name, values)
    ]
    figure = draw(rows_to(rows), **SQUARES, lines="names")
    (axes,) = figure.axes
    first, second, second_zero = (_lines(axes)[number].get_ydata() for number in (1, 2, 3))
    assert np.isnan(_lines(axes)[0].get_ydata()).all()
    assert second[1] == pytest.approx(1e-6)
    assert np.isfinite(second_zero).tolist() == [True, False]
    levels = [first[0], second_zero[0]]
    assert axes.get_ylim()[0] < levels[1] < levels[0] < 1e-6
    assert levels[1] <= _ticks(axes)["0"] <= levels[0]
    assert "grey strip: exactly 0 in every seed" in _footnote(figure)


def test_what_is_0_in_some_seeds_is_the_geometric_mean_of_the_others_and_marked(draw, rows_to):
    rows = [row for seed, one in enumerate([0.0, 1e-4, 1e-2]) for row in _squares("a", seed, "fc1", [one, 1e-3])]
    figure = draw(rows_to(rows), **SQUARES)
    line, marks = figure.axes[0].lines
    assert line.get_ydata() == pytest.approx([1e-3, 1e-3])
    assert (marks.get_xdata().tolist(), marks.get_markerfacecolor()) == ([1], "white")
    assert "hollow: exactly 0 in some seeds" in _footnote(figure)


def test_where_every_number_is_0_the_strip_is_all_there_is(draw, rows_to):
    figure = draw(rows_to(_squares("a", 1, "fc1", [0.0, 0.0])), **SQUARES)
    assert list(_ticks(figure.axes[0])) == ["0"]


def test_lines_that_coincide_are_seen_through_one_another(draw, rows_to):
    rows = [row for variant in "abc" for row in trace_rows(variant, 1, "fc1", [0.0, 0.0])]
    figure = draw(rows_to(rows), **DEAD)
    assert len({str(line.get_linestyle()) for line in figure.legends[0].get_lines()}) > 1


def test_a_shorter_run_counts_as_long_as_it_lasts_and_its_end_is_marked_and_named(draw, rows_to):
    rows = trace_rows("a", 1, "fc1", [0.2] * 3) + trace_rows("a", 2, "fc1", [0.8, 0.8])
    figure = draw(rows_to(rows), **DEAD)
    mean, end = _lines(figure.axes[0])[0], figure.axes[0].lines[-1]
    assert mean.get_ydata().tolist() == [0.5, 0.5, 0.2]
    assert (end.get_marker(), end.get_xdata().tolist()) == ("|", [2])
    assert "a: 2 runs to epoch 2 (|), 1 to epoch 3" in _footnote(figure)


def test_an_epoch_without_a_number_does_not_cost_a_run_the_others(draw, rows_to):
    rows = trace_rows("a", 1, "fc1", [0.2, None, 0.2]) + trace_rows("a", 2, "fc1", [0.4, 0.4, 0.4])
    figure = draw(rows_to(rows), **DEAD)
    assert _lines(figure.axes[0])[0].get_ydata() == pytest.approx([0.3, 0.4, 0.3])


def test_of_a_hundred_layers_all_are_drawn_from_dark_to_light_and_a_dozen_stand_in_the_legend(draw, rows_to):
    rows = [row for layer in range(1, 101) for row in trace_rows("a", 1, f"fc{layer}", [layer / 100] * 2)]
    figure = draw(rows_to(rows), **DEAD, lines="names")
    assert len(_lines(figure.axes[0])) == 100
    assert (len(_legend(figure)), _legend(figure)[0], _legend(figure)[-1]) == (12, "fc1", "fc100")
    brightness = [sum(bytes.fromhex(line.get_color()[1:])) for line in _lines(figure.axes[0])[::33]]
    assert brightness == sorted(brightness)
    assert "12 of 100 lines are in the legend" in _footnote(figure)


def test_a_figure_of_which_nothing_was_recorded_says_so(draw, rows_to, texts):
    figure = draw(rows_to(trace_rows("a", 1, "fc1", [0.5])), note="stand-in data", **DEAD | {"statistics": ["rank"]})
    assert set(texts(figure)) == {
        "stand-in data",
        "Nothing of what this figure asks for was recorded at this scale.",
    }
