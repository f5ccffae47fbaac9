import pytest
from matplotlib.text import Annotation
from planted_tables import run_row

from folklore.figures.labels import placed


def _runs(*names: str) -> list[dict]:
    return [
        run_row(name, seed, 0.4 + 0.05 * place + 0.01 * seed, seconds=4.0**place)
        for place, name in enumerate(names)
        for seed in (1, 2, 3)
    ]


def test_each_variant_is_a_point_at_its_means_with_bars_both_ways(draw_metrics):
    figure = draw_metrics((_runs("a", "b")), kind="scatter", x="seconds", y="test_accuracy")
    first = figure.axes[0].containers[0]
    assert (first.lines[0].get_xdata()[0], first.lines[0].get_ydata()[0]) == pytest.approx((1, 0.42))
    assert (first.has_xerr, first.has_yerr) == (True, True)


def test_points_carry_their_names(draw_metrics, texts):
    written = texts(draw_metrics((_runs("a", "b")), kind="scatter", x="seconds", y="test_accuracy"))
    assert {"a", "b", "training time (s)", "test accuracy (last epoch, 0–1)"} <= set(written)


def test_seconds_that_span_more_than_tenfold_are_drawn_on_a_logarithmic_axis(draw_metrics):
    near = draw_metrics((_runs("a", "b")), kind="scatter", x="seconds", y="test_accuracy")
    far = draw_metrics((_runs("a", "b", "c")), kind="scatter", x="seconds", y="test_accuracy")
    assert (near.axes[0].get_xscale(), far.axes[0].get_xscale()) == ("linear", "log")


def test_families_are_joined_in_the_order_of_their_numbers(draw_metrics, texts):
    names = ["cnn,train=1000", "cnn,train=300", "mlp,train=300", "mlp,train=1000"]
    figure = draw_metrics((_runs(*names)), kind="scatter", x="seconds", y="test_accuracy")
    joined = {line.get_label(): line.get_xdata().tolist() for line in figure.axes[0].lines}
    assert joined["cnn"] == pytest.approx([4, 1])
    assert joined["mlp"] == pytest.approx([16, 64])
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["cnn", "mlp"]
    assert texts(figure).count("300") == 2


def test_the_label_of_a_lone_point_is_above_its_error_bar():
    (position,) = placed([(100, 100)], [40], 9, room=(400, 300))
    assert (position.side, position.up > 4) == ("left", True)


def test_labels_of_near_points_do_not_overlap():
    first, second = placed([(100, 100), (104, 101)], [40, 40], 9, room=(400, 300))
    assert first != second


def test_a_label_at_the_edge_stays_within_the_axes():
    (position,) = placed([(398, 298)], [40], 9, room=(400, 300))
    assert (position.side, position.up < 0) == ("right", True)


def test_ten_labels_at_one_point_have_ten_places_and_a_line_leads_to_the_far_ones(draw_metrics):
    rows = [run_row(f"variant {number}", seed, 0.5, seconds=seed) for number in range(10) for seed in (1, 2)]
    figure = draw_metrics(rows, kind="scatter", x="seconds", y="test_accuracy")
    annotations = [text for text in figure.axes[0].texts if isinstance(text, Annotation)]
    assert len({(text.get_ha(), text.xyann) for text in annotations}) == 10
    assert [text.arrow_patch is not None for text in annotations] == [abs(text.xyann[1]) > 20 for text in annotations]
    assert any(text.arrow_patch for text in annotations)
