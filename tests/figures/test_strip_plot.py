import pytest
from planted_tables import curve_rows, run_row

ASKED = {"kind": "strip_plot", "metrics": ["test_accuracy", "test_loss"]}


def _points(axes):
    """Row → numbers, smallest first."""
    found = {}
    for line in axes.lines:
        if line.get_linestyle() == "None":
            found[round(float(line.get_ydata().mean()))] = sorted(line.get_xdata().tolist())
    return found


def _rows(**accuracies: list[float | None]) -> list[dict]:
    return [run_row(name, seed, one) for name, many in accuracies.items() for seed, one in enumerate(many, start=1)]


def test_every_run_is_a_point_in_the_row_of_its_variant(draw_metrics):
    accuracy, loss = draw_metrics((_rows(a=[0.5, 0.7, 0.6, 0.4], b=[0.9])), **ASKED).axes
    assert _points(accuracy) == {0: pytest.approx([0.4, 0.5, 0.6, 0.7]), 1: pytest.approx([0.9])}
    assert _points(loss) == {0: pytest.approx([0.3, 0.4, 0.5, 0.6]), 1: pytest.approx([0.1])}
    assert [label.get_text() for label in accuracy.get_yticklabels()] == ["a", "b"]


def test_neighbouring_points_differ_in_height(draw_metrics):
    axes = draw_metrics((_rows(a=[0.5, 0.501, 0.502, 0.503])), **ASKED).axes[0]
    assert len(set(axes.lines[0].get_ydata().tolist())) == 4


def test_mean_and_standard_deviation_are_drawn_and_written(draw_metrics, texts):
    figure = draw_metrics((_rows(a=[0.5, 0.6, 0.7])), **ASKED)
    mean, deviation = figure.axes[0].lines[1:]
    assert mean.get_xdata() == pytest.approx([0.6, 0.6])
    assert deviation.get_xdata() == pytest.approx([0.5, 0.7])
    assert "0.600 ± 0.100" in texts(figure)


def test_one_seed_has_no_deviation_and_the_footnote_says_so(draw_metrics, texts):
    figure = draw_metrics((_rows(a=[0.5])), **ASKED)
    assert "0.500" in texts(figure)
    assert "one seed, so no SD" in figure.get_supxlabel()


def test_diverged_runs_are_named_and_a_variant_of_which_none_finished_has_a_dash(draw_metrics, texts):
    figure = draw_metrics((_rows(a=[0.5, None], b=[None])), **ASKED)
    assert _points(figure.axes[0]) == {0: pytest.approx([0.5])}
    assert "a: 1 of 2 diverged · b: 1 of 1 diverged" in figure.get_supxlabel().replace("\n", " ")
    assert texts(figure).count("–") == 2


def test_runs_that_never_reached_a_level_are_counted_in_the_footnote(draw_metrics):
    curves = [*curve_rows("a", 1, [3, 2], accuracy=0.2), *curve_rows("a", 2, [3, 2], accuracy=0.9)]
    metric = {"name": "epochs_to_accuracy", "level": 0.5}
    figure = draw_metrics(_rows(a=[0.2, 0.9]), curves, kind="strip_plot", metrics=[metric])
    assert "a: 1 of 2 never reached it by the last epoch" in figure.get_supxlabel().replace("\n", " ")


def test_a_figure_without_any_variant_says_so(draw_metrics, texts):
    figure = draw_metrics((_rows(a=[0.5])), **ASKED, variants=["b"])
    assert "None of the variants that this figure names is run at this scale." in texts(figure)
