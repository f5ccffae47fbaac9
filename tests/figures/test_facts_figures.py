import pytest


def _facts(**changes) -> dict:
    layers = [
        {
            "layer": "conv1",
            "after": ["input"],
            "kind": "convolution 3×3, 3 → 16",
            "output": "16×32×32",
            "activation": "ReLU",
            "parameters": 448,
            "macs": 442368,
        },
        {
            "layer": "pool1",
            "after": ["conv1"],
            "kind": "max-pooling 2×2",
            "output": "16×16×16",
            "activation": None,
            "parameters": 0,
            "macs": 0,
        },
        {
            "layer": "fc1",
            "after": ["pool1"],
            "kind": "linear 4096 → 10",
            "output": "10",
            "activation": None,
            "parameters": 40970,
            "macs": 40960,
        },
    ]
    return {
        "settings": {"optimiser": {"name": "sgd", "lr": 0.1}, "schedule": {"name": "inverse_time", "k": 0.25}},
        "dataset": {"name": "cifar10", "classes": ["cat", "dog"], "shape": [3, 32, 32]},
        "split": {"seed": 0, "stratified": True, "counts": {"train": [30, 10], "validation": [4, 4], "test": [5, 5]}},
        "lr": [0.1 / (1 + 0.25 * t) for t in range(50)],
        "layers": layers,
        **changes,
    }


def test_each_schedule_has_a_panel_with_its_formula_and_constants(draw, facts_to, texts):
    constant = {"optimiser": {"name": "sgd", "lr": 0.05}}
    table = facts_to({"decay": _facts(), "constant": _facts(lr=[0.05] * 50, settings=constant)})
    figure = draw(table, kind="schedules")
    assert {"lr / (1 + 0.25·t), lr = 0.1", "lr, lr = 0.05", "0.1 → 0.00755"} <= set(texts(figure))
    assert figure.axes[0].lines[0].get_ydata()[16] == pytest.approx(0.02)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()


def test_schedules_that_all_but_vanish_are_drawn_on_a_logarithmic_axis(draw, facts_to):
    steep = _facts(
        lr=[0.1**t for t in range(1, 11)], settings={"optimiser": {"lr": 0.1}, "schedule": {"name": "power_of_ten"}}
    )
    assert draw(facts_to({"steep": steep}), kind="schedules").axes[0].get_yscale() == "log"


def test_a_learner_without_a_learning_rate_has_no_schedule(draw, facts_to):
    figure = draw(facts_to({"decay": _facts(), "trees": _facts(lr=[])}), kind="schedules")
    assert len(figure.axes) == 1


def test_bars_count_the_examples_of_each_class_in_each_part(draw, facts_to, texts):
    figure = draw(facts_to({"a": _facts()}), kind="class_distribution", variant="a")
    widths = [[bar.get_width() for bar in axes.patches] for axes in figure.axes]
    assert widths == [[30, 10], [4, 4], [5, 5]]
    assert {"cat", "dog", "training", "40 examples"} <= set(texts(figure))
    assert any("2 classes; split stratified by class with seed 0" in text for text in texts(figure))


def test_the_architecture_shows_each_layer_and_the_totals(draw, facts_to, texts):
    written = texts(draw(facts_to({"a": _facts()}), kind="architecture", variant="a"))
    assert written.index("conv1") < written.index("pool1") < written.index("fc1")
    assert {"16×32×32", "convolution 3×3, 3 → 16 · ReLU", "442,368", "41,418", "483,328"} <= set(written)


def test_an_arrow_leads_past_the_layers_between_two_that_are_joined(draw, facts_to):
    plain, joined = _facts(), _facts()
    joined["layers"][2]["after"] = ["pool1", "input"]
    lines = [
        len(draw(facts_to({"a": facts}), kind="architecture", variant="a").axes[0].lines) for facts in (plain, joined)
    ]
    assert lines[1] == lines[0] + 1


def test_a_model_without_layers_is_said_to_have_none(draw, facts_to, texts):
    written = texts(draw(facts_to({"trees": _facts(layers=[])}), kind="architecture", variant="trees"))
    assert "trees is no network of layers." in written
