import pytest
from matplotlib.markers import MarkerStyle
from planted_tables import run_row
from scipy import stats

ASKED = {
    "kind": "pairs",
    "metric": "test_accuracy",
    "pairs": [
        {"label": "batch 32", "published": "published", "corrected": "corrected"},
        {"label": "batch 512", "published": "published 512", "corrected": "corrected 512"},
    ],
}
PRINTED = {**ASKED, "pairs": [{**ASKED["pairs"][0], "published_value": 0.45}]}


def _runs(**accuracies: list[float | None]):
    return [
        run_row(name.replace("_", " "), seed, one) for name, many in accuracies.items() for seed, one in enumerate(many)
    ]


def _means(axes, filled: bool):
    """Row → mean of one protocol."""
    lines = [container.lines[0] for container in axes.containers]
    chosen = [line for line in lines if (line.get_markerfacecolor() != "white") == filled]
    return {round(line.get_ydata()[0]): line.get_xdata()[0] for line in chosen}


def test_a_row_has_a_hollow_point_as_published_a_filled_one_corrected_and_the_gap_in_numbers(draw_metrics, texts):
    runs = _runs(published=[0.4, 0.6], corrected=[0.8, 1.0], published_512=[0.9], corrected_512=[0.4])
    figure = draw_metrics(runs, **ASKED)
    (axes,) = figure.axes
    assert _means(axes, filled=False) == pytest.approx({0: 0.5, 1: 0.9})
    assert _means(axes, filled=True) == pytest.approx({0: 0.9, 1: 0.4})
    assert {"+0.400", "−0.500"} <= set(texts(figure))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["batch 32", "batch 512"]


def test_bars_are_the_t_interval_over_seeds(draw_metrics):
    values = [0.5, 0.6, 0.7]
    axes = draw_metrics(_runs(published=values, corrected=[0.9] * 3), **ASKED).axes[0]
    low, high = stats.t.interval(0.95, 2, 0.6, stats.sem(values))
    (segment,) = axes.containers[0].lines[2][0].get_segments()
    assert segment[:, 0] == pytest.approx([low, high])


def test_the_printed_number_is_a_diamond_that_the_legend_explains(draw_metrics):
    figure = draw_metrics(_runs(published=[0.4], corrected=[0.8]), **PRINTED)
    diamonds = [
        line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == MarkerStyle("D").get_marker()
    ]
    assert diamonds == [0.45]
    words = [text.get_text() for text in figure.legends[0].get_texts()]
    assert words == ["protocol as published", "corrected protocol", "printed in the source"]


def test_a_metric_of_its_own_is_read_off_the_published_variant_and_named(draw_metrics):
    rows = [
        {**run_row("published", 1, 0.5), "test_accuracy.best": 0.7},
        {**run_row("corrected", 1, 0.9), "test_accuracy.best": 1.0},
    ]
    figure = draw_metrics((rows), **ASKED, published_metric={"name": "test_accuracy", "checkpoint": "best"})
    assert _means(figure.axes[0], filled=False) == pytest.approx({0: 0.7})
    assert _means(figure.axes[0], filled=True) == pytest.approx({0: 0.9})
    assert "as published: test accuracy (best validation loss, 0–1)" in figure.get_supxlabel().replace("\n", " ")


def test_a_side_that_diverged_leaves_the_other_and_no_gap(draw_metrics, texts):
    figure = draw_metrics(_runs(published=[None, None], corrected=[0.8, 0.9]), **ASKED)
    assert _means(figure.axes[0], filled=False) == {}
    assert _means(figure.axes[0], filled=True) == pytest.approx({0: 0.85})
    assert "–" in texts(figure)
    assert "published: 2 of 2 diverged" in figure.get_supxlabel().replace("\n", " ")


def test_a_figure_without_any_variant_says_so(draw_metrics, texts):
    figure = draw_metrics(_runs(other=[0.5]), **ASKED)
    assert "None of the variants that this figure names is run at this scale." in texts(figure)
