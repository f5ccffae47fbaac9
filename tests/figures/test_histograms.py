import pytest
from matplotlib.patches import StepPatch
from planted_tables import record_rows

ASKED = {"kind": "histograms", "variant": "a"}


def _densities(seed: int, epoch: int, densities: dict[str, float], variant: str = "a") -> list[dict]:
    changes = {"recorder": "logits", "statistic": "density", "epoch": epoch}
    return record_rows(variant, seed, "after_epoch", densities, **changes)


def _steps(axes):
    """Edges and heights of each epoch."""
    found = [patch.get_data() for patch in axes.patches if isinstance(patch, StepPatch)]
    return [(step.edges.tolist(), step.values.tolist()) for step in found]


def test_an_epoch_is_a_stepped_line_of_the_mean_density_over_seeds(draw, rows_to):
    rows = _densities(1, 5, {"train/-1": 0.4, "train/0": 0.6}) + _densities(2, 5, {"train/0": 0.8, "train/2": 0.2})
    ((edges, heights),) = _steps(draw(rows_to(rows), **ASKED).axes[0])
    assert edges == [-1, 0, 1, 2, 3]
    assert heights == pytest.approx([0.2, 0.7, 0, 0.1])


def test_epochs_are_named_in_the_legend_from_early_and_light_to_late_and_dark(draw, rows_to):
    figure = draw(rows_to([row for epoch in (150, 1, 25) for row in _densities(1, epoch, {"train/0": 1.0})]), **ASKED)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["epoch 1", "epoch 25", "epoch 150"]
    colours = [line.get_color() for line in figure.legends[0].get_lines()]
    assert colours == sorted(colours, key=lambda colour: -sum(bytes.fromhex(colour[1:])))


def test_each_part_has_a_panel_and_other_variants_do_not_mix_in(draw, rows_to):
    rows = _densities(1, 1, {"train/0": 1.0, "validation/7": 1.0}) + _densities(1, 1, {"train/9": 1.0}, variant="b")
    train, validation = draw(rows_to(rows), **ASKED, splits=["train", "validation"]).axes
    assert [axes.get_title(loc="left") for axes in (train, validation)] == ["training set", "validation set"]
    assert [_steps(axes)[0][0] for axes in (train, validation)] == [[0, 1], [7, 8]]


def test_a_figure_without_a_distribution_says_so(draw, rows_to, texts):
    rows = record_rows("a", 1, "end", {"train": 3.0}, recorder="logits", statistic="mean_abs")
    assert "No distribution of logits was recorded at this scale." in texts(draw(rows_to(rows), **ASKED))
