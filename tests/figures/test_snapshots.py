from math import log10

import numpy as np
import pytest
from planted_tables import record_rows
from scipy import stats

ASKED = {
    "kind": "snapshots",
    "recorder": "gradients",
    "time_points": ["first_batches", "last_batches"],
    "statistics": ["mean"],
}


def _bars(axes):
    """What the legend calls the bars → tensor → height."""
    names = _tensors(axes.figure)
    return {
        container.get_label(): {
            names[round(bar.get_x() + bar.get_width() / 2)]: bar.get_y() + bar.get_height() for bar in container
        }
        for container in axes.containers
        if hasattr(container, "patches")
    }


def _tensors(figure):
    """Their names, which stand under the lowest panel."""
    return [label.get_text() for label in figure.axes[-1].get_xticklabels()]


def _legend(figure):
    return [text.get_text() for text in figure.legends[0].get_texts()]


def _footnote(figure):
    return figure.get_supxlabel().replace("\n", " ")


def test_one_variant_has_a_panel_a_measure_and_a_bar_a_moment(draw, rows_to):
    rows = record_rows("a", 1, "first_batches", {"conv1.weight": 0.01, "fc1.weight": 0.1})
    rows += record_rows("a", 1, "last_batches", {"conv1.weight": 0.5, "fc1.weight": 0.2})
    rows += record_rows("a", 1, "last_batches", {"conv1.weight": 7.0}, statistic="norm")
    mean, norm = draw(rows_to(rows), **ASKED | {"statistics": ["mean", "norm"]}).axes
    assert _bars(mean)["first five mini-batches"] == pytest.approx({"conv1.weight": 0.01, "fc1.weight": 0.1})
    assert _bars(mean)["last five mini-batches"] == pytest.approx({"conv1.weight": 0.5, "fc1.weight": 0.2})
    assert _bars(norm)["last five mini-batches"] == pytest.approx({"conv1.weight": 7.0})
    assert [mean.get_ylabel(), norm.get_ylabel()] == ["mean |gradient|", "‖gradient‖₂"]
    assert mean.get_yscale() == "log"


def test_several_variants_have_a_row_a_measure_a_column_a_moment_and_a_bar_a_variant(draw, rows_to):
    rows = []
    for moment, measure, value in (("start", "mean", 1), ("end", "mean", 2), ("start", "norm", 3), ("end", "norm", 4)):
        for variant, factor in (("a", 10), ("b", 100)):
            rows += record_rows(variant, 1, moment, {"w": value * factor}, statistic=measure)
    figure = draw(rows_to(rows), **ASKED | {"time_points": ["start", "end"], "statistics": ["mean", "norm"]})
    found = [{label: bars["w"] for label, bars in _bars(axes).items()} for axes in figure.axes]
    assert found == [pytest.approx({"a": 10 * value, "b": 100 * value}) for value in (1, 2, 3, 4)]
    above = [axes.get_title(loc="left") for axes in figure.axes[:2]]
    assert above == ["probe batch before training", "probe batch after training"]
    assert [axes.get_ylabel() for axes in figure.axes[::2]] == ["mean |gradient|", "‖gradient‖₂"]
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim() != figure.axes[2].get_ylim()


def test_bar_and_whisker_are_the_mean_and_t_interval_of_the_logarithm(draw, rows_to):
    values = [0.01, 0.1, 0.02]
    rows = [row for seed, value in enumerate(values) for row in record_rows("a", seed, "start", {"w": value})]
    axes = draw(rows_to(rows), **ASKED | {"time_points": ["start"]}).axes[0]
    logs = np.log10(values)
    low, high = stats.t.interval(0.95, 2, logs.mean(), stats.sem(logs))
    assert log10(_bars(axes)["probe batch before training"]["w"]) == pytest.approx(logs.mean())
    whisker = axes.collections[0].get_segments()[0][:, 1]
    assert np.log10(whisker) == pytest.approx([low, high])


def test_tensors_that_only_some_variants_have_stand_where_the_forward_pass_meets_them(draw, rows_to):
    rows = record_rows("plain", 1, "start", {"conv1": 1, "conv2": 2, "fc1": 3})
    rows += record_rows("normed", 1, "start", {"conv1": 1, "bn1": 5, "conv2": 2, "bn2": 6, "fc1": 3})
    figure = draw(rows_to(rows), **ASKED | {"time_points": ["start"]})
    assert _tensors(figure) == ["conv1", "bn1", "conv2", "bn2", "fc1"]
    bars = _bars(figure.axes[0])
    assert list(bars["plain"]) == ["conv1", "conv2", "fc1"]
    assert bars["normed"]["bn2"] == pytest.approx(6)


def test_names_choose_tensors_in_the_manner_of_file_names(draw, rows_to):
    rows = record_rows("a", 1, "start", {"conv1.weight": 1, "conv1.bias": 2, "fc1.bias": 3})
    assert _tensors(draw(rows_to(rows), **ASKED | {"time_points": ["start"], "names": "conv*.bias"})) == ["conv1.bias"]


def test_what_is_exactly_0_in_every_seed_is_marked_at_the_foot(draw, rows_to):
    rows = [row for seed in (1, 2) for row in record_rows("a", seed, "start", {"conv1": 0.0, "fc1": 0.5})]
    figure = draw(rows_to(rows), **ASKED | {"time_points": ["start"]})
    (mark,) = figure.axes[0].texts
    assert (mark.get_text(), mark.xy[0]) == ("0", 0)
    assert mark.xy[1] == figure.axes[0].get_ylim()[0]
    assert "0: exactly 0 in every seed" in _footnote(figure)


def test_what_is_0_in_some_seeds_is_a_pale_bar_of_the_others(draw, rows_to):
    rows = [row for seed, one in enumerate([0.0, 0.1, 0.1]) for row in record_rows("a", seed, "start", {"w": one})]
    figure = draw(rows_to(rows), **ASKED | {"time_points": ["start"]})
    (bar,) = figure.axes[0].patches
    assert bar.get_y() + bar.get_height() == pytest.approx(0.1)
    assert bar.get_facecolor()[3] < 0.5
    assert "pale: exactly 0 in some seeds" in _footnote(figure)


def test_what_is_infinite_has_no_bar_and_the_footnote_says_so(draw, rows_to):
    rows = record_rows("a", 1, "start", {"bn1.bias": "inf", "fc1.bias": 0.5}, statistic="relative_norm")
    figure = draw(rows_to(rows), **ASKED | {"time_points": ["start"], "statistics": ["relative_norm"]})
    assert list(_bars(figure.axes[0])["probe batch before training"]) == ["fc1.bias"]
    assert "no bar for what is not finite" in _footnote(figure)


def test_a_run_without_rows_is_named(draw, rows_to):
    rows = [row for seed in (1, 2) for row in record_rows("a", seed, "start", {"w": 1.0})]
    rows += record_rows("a", 1, "end", {"w": 1.0})
    rows += [row for moment in ("start", "end") for row in record_rows("b", 1, moment, {"w": 1.0})]
    figure = draw(rows_to(rows), **ASKED | {"time_points": ["start", "end"]})
    assert "a, seed 2: nothing recorded (probe batch after training)" in _footnote(figure)
    assert "b, seed 2: nothing recorded ·" in f"{_footnote(figure)} ·"


def test_of_many_epochs_the_first_the_last_and_two_between_are_drawn(draw, rows_to):
    rows = [row for epoch in range(1, 32) for row in record_rows("a", 1, "after_epoch", {"w": epoch}, epoch=epoch)]
    figure = draw(rows_to(rows), **ASKED | {"time_points": ["after_epoch"]})
    assert _legend(figure) == [f"probe batch after epoch {epoch}" for epoch in (1, 11, 21, 31)]
    assert [bars["w"] for bars in _bars(figure.axes[0]).values()] == pytest.approx([1, 11, 21, 31])


def test_other_recorders_do_not_mix_in_and_weights_need_no_batch(draw, rows_to):
    rows = record_rows("a", 1, "end", {"w": 3.0}, statistic="norm")
    rows += record_rows("a", 1, "end", {"w": 8.0}, statistic="norm", recorder="weights")
    figure = draw(rows_to(rows), **ASKED | {"recorder": "weights", "time_points": ["end"], "statistics": ["norm"]})
    assert _bars(figure.axes[0]) == {"after training": {"w": pytest.approx(8.0)}}
    assert figure.axes[0].get_ylabel() == "‖weight‖₂"


def test_shares_of_a_whole_stand_on_a_linear_axis_from_0_to_1_with_a_mark_where_nothing_is_dead(draw, rows_to):
    rows = [
        row
        for seed, share in ((1, 0.2), (2, 0.4))
        for row in record_rows("a", seed, "end", {"fc1": share, "fc2": 0.0}, recorder="units", statistic="dead")
    ]
    figure = draw(rows_to(rows), kind="snapshots", recorder="units", time_points=["end"], statistics=["dead"])
    (axes,) = figure.axes
    assert (axes.get_yscale(), axes.get_ylim()) == ("linear", (0, 1))
    assert _bars(axes)["after training"] == pytest.approx({"fc1": 0.3, "fc2": 0})
    assert [(mark.get_text(), mark.xy) for mark in axes.texts] == [("0", (1, 0))]
    assert "bar: mean over seeds" in _footnote(figure)


def test_what_can_be_negative_hangs_from_0(draw, rows_to):
    rows = record_rows("a", 1, "end", {"fc1.weight": -0.5, "fc2.weight": 0.25}, recorder="weights")
    (axes,) = draw(rows_to(rows), kind="snapshots", recorder="weights", time_points=["end"], statistics=["mean"]).axes
    assert [(bar.get_y(), bar.get_height()) for bar in axes.patches] == [(0, -0.5), (0, 0.25)]
    assert axes.get_ylim()[0] < -0.5


def test_panels_stand_side_by_side_only_where_the_names_of_all_tensors_have_room(draw, rows_to):
    def columns(tensors: int) -> int:
        rows = record_rows("a", 1, "start", {f"conv{number}.weight": 1.0 for number in range(tensors)})
        rows += [{**row, "statistic": "norm"} for row in rows]
        asked = {**ASKED, "time_points": ["start"], "statistics": ["mean", "norm"]}
        return draw(rows_to(rows), **asked).axes[0].get_subplotspec().get_gridspec().ncols

    assert (columns(18), columns(30)) == (2, 1)


def test_an_axis_follows_a_whisker_for_a_decade_and_the_footnote_says_so(draw, rows_to):
    rows = [row for seed, one in enumerate([1e-4, 1.0]) for row in record_rows("a", seed, "start", {"w": one})]
    figure = draw(rows_to(rows), **ASKED | {"time_points": ["start"]})
    foot, top = figure.axes[0].get_ylim()
    assert 1e-4 < foot < 1e-3
    assert 0.1 < top < 1
    assert "the widest whiskers reach beyond the axis" in _footnote(figure)


def test_one_seed_has_no_whisker_and_the_footnote_says_so(draw, rows_to):
    table = rows_to(record_rows("a", 1, "first_batches", {"w": 1.0}))
    figure = draw(table, note="stand-in data", **ASKED | {"time_points": ["first_batches"]})
    assert _footnote(figure).startswith("1 seed · one seed, so no whisker")
    assert _footnote(figure).endswith("stand-in data")
    assert not any(len(whisker) for whisker in figure.axes[0].collections[0].get_segments())


def test_a_figure_of_which_nothing_was_recorded_says_so(draw, rows_to, texts):
    figure = draw(rows_to(record_rows("a", 1, "end", {"w": 1.0})), note="stand-in data", **ASKED)
    assert set(texts(figure)) == {
        "stand-in data",
        "Nothing of what this figure asks for was recorded at this scale.",
    }
