import pytest
from matplotlib.patches import Rectangle
from planted_tables import curve_rows, run_row

from folklore.execution.errors import UserError


def _best(figure, texts):
    bold = {text.get_text() for text in figure.axes[0].texts if text.get_fontweight() == "bold"}
    return {text for text in bold if "0." in text}


def test_the_best_cell_of_each_column_is_bold_tinted_and_ticked(draw, rows_to, texts):
    accuracies = {"a": (0.5, 0.52), "b": (0.7, 0.72), "c": (0.6, 0.62)}
    table = rows_to([run_row(name, seed, both[seed - 1]) for name, both in accuracies.items() for seed in (1, 2)])
    figure = draw(table, kind="table", metrics=["test_accuracy", "test_loss"])
    assert {text[:5] for text in _best(figure, texts)} == {"0.710", "0.290"}
    assert len([patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]) == 2
    assert texts(figure).count("✓") == 2


def test_a_cell_says_mean_and_half_of_the_interval(draw, rows_to, texts):
    table = rows_to([run_row("a", seed, accuracy) for seed, accuracy in enumerate((0.5, 0.6, 0.7))])
    assert "0.600 ± 0.248" in texts(draw(table, kind="table", metrics=["test_accuracy"]))


def test_headings_say_metric_checkpoint_unit_and_which_end_is_better(draw, rows_to, texts):
    table = rows_to([run_row("a", 1, 0.5)])
    metrics = [{"name": "test_accuracy", "checkpoint": "best"}, "seconds"]
    written = " ".join(texts(draw(table, kind="table", metrics=metrics)))
    assert "test accuracy ↑" in written
    assert "best validation" in written
    assert "training time ↓" in written


def test_a_variant_with_a_diverged_run_cannot_be_the_best(draw, rows_to, texts):
    rows = [
        run_row("a", 1, 0.9),
        run_row("a", 2, None),
        *(run_row(n, s, v) for n, v in (("b", 0.5), ("c", 0.4)) for s in (1, 2)),
    ]
    figure = draw(rows_to(rows), kind="table", metrics=["test_accuracy"])
    assert _best(figure, texts) == {"0.500"}
    assert "1 of 2" in texts(figure)
    assert any("diverged runs are left out" in text for text in texts(figure))


def test_nothing_is_marked_where_all_are_alike(draw, rows_to, texts):
    table = rows_to([run_row("a", 1, 0.5), run_row("b", 1, 0.5)])
    figure = draw(table, kind="table", metrics=["parameters"])
    assert "✓" not in texts(figure)
    assert texts(figure).count("89,834") == 2


def test_a_derived_metric_is_computed_from_the_tables_beside_and_rates_have_no_best(draw, rows_to, texts):
    curves = rows_to([*curve_rows("a", 1, [3, 2, 2.5]), *curve_rows("b", 1, [3, 1, 1.5])])
    curves.rename(curves.with_name("curves.csv"))
    table = rows_to([run_row("a", 1, 0.5), run_row("b", 1, 0.5)])
    table.with_name("facts.json").write_text("{}")
    table.with_name("records.csv").write_text("variant,seed,recorder,moment,epoch,name,measure,value\n")
    metrics = [{"name": "minimum", "of": "train_loss"}, {"name": "mean", "of": "lr"}]
    written = texts(draw(table, kind="table", metrics=metrics))
    assert {"2.000", "1.000", "0.100"} <= set(written)
    assert written.count("✓") == 1


def test_a_score_that_was_not_measured_is_refused_with_the_columns_there_are(draw, rows_to):
    with pytest.raises(UserError, match=r"no column 'test_macro_f1.last'; .*test_accuracy.last"):
        draw(rows_to([run_row("a", 1, 0.5)]), kind="table", metrics=["test_macro_f1"])
