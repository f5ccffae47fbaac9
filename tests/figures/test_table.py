from matplotlib.patches import Rectangle
from planted_tables import curve_rows, run_row


def _best(figure, texts):
    bold = {text.get_text() for text in figure.axes[0].texts if text.get_fontweight() == "bold"}
    return {text for text in bold if "0." in text}


def test_the_best_cell_of_each_column_is_bold_tinted_and_ticked(draw_metrics, texts):
    accuracies = {"a": (0.5, 0.52), "b": (0.7, 0.72), "c": (0.6, 0.62)}
    runs = [run_row(name, seed, both[seed - 1]) for name, both in accuracies.items() for seed in (1, 2)]
    figure = draw_metrics(runs, kind="table", metrics=["test_accuracy", "test_loss"])
    assert {text[:5] for text in _best(figure, texts)} == {"0.710", "0.290"}
    assert len([patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]) == 2
    assert texts(figure).count("✓") == 2


def test_a_cell_says_mean_and_half_of_the_interval(draw_metrics, texts):
    runs = [run_row("a", seed, accuracy) for seed, accuracy in enumerate((0.5, 0.6, 0.7))]
    assert "0.600 ± 0.248" in texts(draw_metrics(runs, kind="table", metrics=["test_accuracy"]))


def test_headings_say_metric_checkpoint_unit_and_which_end_is_better(draw_metrics, texts):
    runs = [run_row("a", 1, 0.5)]
    metrics = [{"name": "test_accuracy", "checkpoint": "best"}, "seconds"]
    written = " ".join(texts(draw_metrics(runs, kind="table", metrics=metrics)))
    assert "test accuracy ↑" in written
    assert "best validation" in written
    assert "training time ↓" in written


def test_a_variant_with_a_diverged_run_cannot_be_the_best(draw_metrics, texts):
    rows = [
        run_row("a", 1, 0.9),
        run_row("a", 2, None),
        *(run_row(n, s, v) for n, v in (("b", 0.5), ("c", 0.4)) for s in (1, 2)),
    ]
    figure = draw_metrics((rows), kind="table", metrics=["test_accuracy"])
    assert _best(figure, texts) == {"0.500"}
    assert "1 of 2" in texts(figure)
    assert any("diverged runs are left out" in text for text in texts(figure))


def test_nothing_is_marked_where_all_are_alike(draw_metrics, texts):
    runs = [run_row("a", 1, 0.5), run_row("b", 1, 0.5)]
    figure = draw_metrics(runs, kind="table", metrics=["parameters"])
    assert "✓" not in texts(figure)
    assert texts(figure).count("89,834") == 2


def test_a_derived_metric_is_computed_from_the_tables_beside_and_rates_have_no_best(draw_metrics, texts):
    curves = [*curve_rows("a", 1, [3, 2, 2.5]), *curve_rows("b", 1, [3, 1, 1.5])]
    runs = [run_row("a", 1, 0.5), run_row("b", 1, 0.5)]
    metrics = [{"name": "minimum", "of": "train_loss"}, {"name": "mean", "of": "lr"}]
    written = texts(draw_metrics(runs, curves, kind="table", metrics=metrics))
    assert {"2.000", "1.000", "0.100"} <= set(written)
    assert written.count("✓") == 1


def test_a_score_that_no_run_measured_leaves_its_column_empty(draw_metrics, texts):
    assert "–" in texts(draw_metrics([run_row("a", 1, 0.5)], kind="table", metrics=["test_macro_f1"]))


def test_a_level_that_no_run_reached_is_never_and_one_that_some_reached_a_lower_bound(draw_metrics, texts):
    curves = [curve_rows("a", 1, [3, 2]), curve_rows("b", 1, [3, 2]), curve_rows("b", 2, [3, 0.5])]
    runs = [run_row(name, seed, 0.5) for name, seed in (("a", 1), ("b", 1), ("b", 2))]
    rising = [row | {"train_accuracy": 1 / row["train_loss"]} for rows in curves for row in rows]
    figure = draw_metrics(runs, rising, kind="table", metrics=[{"name": "epochs_to_accuracy", "level": 0.9}])
    assert {"never", "≥ 2.500"} <= set(texts(figure))
    assert any("never" in text and "≥" in text for text in texts(figure))


def test_the_share_of_runs_that_diverge_counts_the_runs_that_diverged(draw_metrics, texts):
    runs = [run_row("a", 1, 0.5), run_row("a", 2, None)]
    assert any(text.startswith("0.500") for text in texts(draw_metrics(runs, kind="table", metrics=["diverged"])))
