"""A selection is one variant, chosen by a criterion, and claims speak of it by name."""

import pandas as pd
from study_runs import facts_of, judged, metrics_of

from folklore.analysis.evidence import Evidence
from folklore.analysis.selection import chosen, with_selected
from folklore.report.selections import optimism, selections
from folklore.schema.claim import Greater
from folklore.schema.metric import Metric
from folklore.schema.selection import Selection

VALIDATION = {"a": (0.6, 0.6, 0.6), "b": (0.7, 0.71, 0.69), "c": (0.9, 0.9, None)}
TEST = {"a": (0.80, 0.81, 0.82), "b": (0.70, 0.71, 0.73), "c": (0.9, 0.9, None)}
ON_VALIDATION = Selection(among=("a", "b", "c"))
ON_TEST = Selection(among=("a", "b", "c"), by=Metric(name="test_accuracy"))


def evidence():
    rows = [
        {
            "variant": name,
            "seed": seed,
            "status": "diverged" if TEST[name][seed - 1] is None else "finished",
            "validation_accuracy.best": VALIDATION[name][seed - 1],
            "test_accuracy.last": TEST[name][seed - 1],
            "test_accuracy.best": TEST[name][seed - 1],
            "test_loss.best": 1.0,
        }
        for name in TEST
        for seed in (1, 2, 3)
    ]
    curves = pd.DataFrame(columns=["variant", "seed", "epoch"])
    return Evidence(pd.DataFrame(rows), curves, {name: facts_of() for name in TEST})


def test_the_best_mean_is_chosen_and_a_variant_with_a_diverged_run_is_not():
    assert chosen(ON_VALIDATION, evidence()) == "b"
    assert chosen(ON_TEST, evidence()) == "a"
    assert chosen(Selection(among=("a", "b"), goal="lowest"), evidence()) == "a"
    assert chosen(Selection(among=("c",)), evidence()) is None


def test_a_claim_about_a_selection_is_judged_on_what_it_chose_and_says_so():
    found = with_selected(evidence(), {"tuned": ON_VALIDATION})
    claim = Greater(id="C000-59", says="…", test="greater", metric="test_accuracy", of="a", than="tuned", margin=0.01)
    [verdict] = judged([claim], found)
    assert verdict.selected == {"tuned": "b"}
    assert verdict.comparisons[0].label == "a − tuned"
    assert [round(value, 2) for value in verdict.comparisons[0].values] == [0.1, 0.1, 0.09]


def test_a_selection_that_chose_nothing_leaves_its_claims_undecided():
    found = with_selected(evidence(), {"tuned": Selection(among=("c",))})
    claim = Greater(id="C000-59", says="…", test="greater", metric="test_accuracy", of="a", than="tuned")
    [verdict] = judged([claim], found)
    assert (verdict.ruling, verdict.reason) == ("undecided", "“tuned” was not run at this scale.")


def test_the_report_tells_what_choosing_on_the_test_part_adds():
    asked = {"tuned": ON_VALIDATION, "tuned on test": ON_TEST}
    criteria = [selection.by for selection in asked.values()]
    found = metrics_of(with_selected(evidence(), asked), *((metric, tuple(asked)) for metric in criteria))
    assert [row[:3] for row in selections(found, asked).rows] == [
        ("tuned", "highest validation accuracy at the lowest validation loss", "b"),
        ("tuned on test", "highest test accuracy after the last epoch", "a"),
    ]
    [sentence] = optimism(found, asked)
    assert "“tuned on test” chose a, “tuned” b." in sentence
    assert "ahead by 0.0967 [0.0823, 0.111]" in sentence
