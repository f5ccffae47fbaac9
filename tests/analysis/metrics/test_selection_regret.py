"""How the choice of each seed turns out, where the numbers are planted so that it is known."""

import math

import pandas as pd
import pytest
from study_runs import facts_of, judged, metrics_of

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.compute import metric_values
from folklore.analysis.selection import with_selected
from folklore.execution.errors import UserError
from folklore.report.results import average
from folklore.schema.claim import Threshold
from folklore.schema.metric import Metric
from folklore.schema.selection import Selection

# Seed 1 chooses b, the best on average but not with this seed; seed 2 chooses a, which is neither.
VALIDATION = {"a": (0.70, 0.90), "b": (0.80, 0.80), "c": (0.60, 0.70)}
TEST = {"a": (0.80, 0.60), "b": (0.75, 0.85), "c": (0.60, 0.65)}
TUNED = Selection(among=("a", "b", "c"))


def evidence_of(validation=VALIDATION, test=TEST, tuned=TUNED):
    rows = [
        {
            "variant": name,
            "seed": seed,
            "status": "diverged" if math.isnan(test[name][seed - 1]) else "finished",
            "validation_accuracy.best": value,
            "validation_loss.best": 1 - value,
            "test_accuracy.best": test[name][seed - 1],
            "test_accuracy.last": 0.0,
            "test_loss.best": 1 - test[name][seed - 1],
        }
        for name, values in validation.items()
        for seed, value in enumerate(values, start=1)
    ]
    curves = pd.DataFrame(columns=["variant", "seed", "epoch"])
    evidence = Evidence(pd.DataFrame(rows), curves, {name: facts_of() for name in validation})
    return with_selected(evidence, {"tuned": tuned})


def read(name, evidence=None, target_score="test_accuracy", **settings):
    metric = Metric(name=name, target_score=target_score, **settings)
    return metric_values(metric, "tuned", evidence or evidence_of())


def test_each_seed_chooses_for_itself_and_is_judged_by_the_test_part():
    assert read("regret") == pytest.approx({1: 0.05, 2: 0.25})
    assert read("optimism") == pytest.approx({1: 0.05, 2: 0.30})
    assert read("is_suboptimal") == {1: 1, 2: 1}
    assert read("is_suboptimal_on_average") == {1: 0, 2: 1}


def test_the_order_of_the_criterion_is_held_against_the_mean_order_of_the_yardstick():
    # On the test part b, a, c on average; seed 1 has b, a, c as well, seed 2 a, b, c.
    assert read("rank_agreement") == pytest.approx({1: 1.0, 2: 0.5})


def test_averaged_a_seed_is_held_to_what_all_others_say():
    assert read("rank_agreement", averaged=True) == pytest.approx({1: 0.5, 2: 1.0})


def test_what_averaging_adds_is_a_difference_of_two_agreements():
    metric = {"name": "rank_agreement", "target_score": "test_accuracy"}
    found = metric_values(Metric(**metric, averaged=True, minus=metric), "tuned", evidence_of())

    assert found == pytest.approx({1: -0.5, 2: 0.5})


def test_with_losses_the_lowest_is_chosen_and_the_signs_mean_the_same():
    evidence = evidence_of(tuned=Selection(by=Metric(name="validation_loss", checkpoint="best"), goal="lowest"))

    assert read("regret", evidence, "test_loss") == pytest.approx({1: 0.05, 2: 0.25})
    assert read("optimism", evidence, "test_loss") == pytest.approx({1: 0.05, 2: 0.30})
    assert read("rank_agreement", evidence, "test_accuracy") == pytest.approx({1: 1.0, 2: 0.5})


def test_a_choice_that_is_as_good_as_the_best_misses_nothing():
    evidence = evidence_of(test={"a": (0.8, 0.8), "b": (0.8, 0.8), "c": (0.1, 0.1)})

    assert read("is_suboptimal", evidence) == {1: 0, 2: 0}
    assert read("is_suboptimal_on_average", evidence) == {1: 0, 2: 0}


def test_a_variant_that_diverged_with_a_seed_is_not_chosen_there_and_has_no_mean():
    evidence = evidence_of(
        validation=VALIDATION | {"d": (math.nan, 0.95)}, test=TEST | {"d": (math.nan, 0.99)}, tuned=Selection()
    )

    assert read("regret", evidence) == pytest.approx({1: 0.05, 2: 0.0})
    assert read("is_suboptimal_on_average", evidence) == {1: 0, 2: 1}
    assert read("rank_agreement", evidence) == pytest.approx({1: 1.0, 2: 0.5})


def test_one_seed_alone_has_no_others_to_average_over():
    evidence = evidence_of({name: row[:1] for name, row in VALIDATION.items()}, {n: row[:1] for n, row in TEST.items()})

    assert read("rank_agreement", evidence, averaged=True) == {}
    assert read("regret", evidence) == pytest.approx({1: 0.05})


def test_variants_that_were_not_run_are_not_chosen():
    evidence = evidence_of(tuned=Selection(among=("a", "b", "elsewhere")))

    assert read("regret", evidence) == pytest.approx({1: 0.05, 2: 0.25})


def test_only_a_selection_chooses():
    with pytest.raises(UserError, match="regret tells how a selection chooses: no selection 'tuend'; did you mean"):
        metric_values(Metric(name="regret", target_score="test_accuracy"), "tuend", evidence_of())


def test_the_verdict_tells_how_often_which_variant_was_chosen():
    metric = Metric(name="is_suboptimal_on_average", target_score="test_accuracy")
    claim = Threshold(id="C000-52", says="…", test="threshold", metric=metric, of="tuned", direction="above", value=0.9)

    [verdict] = judged([claim], evidence_of())

    assert verdict.selected == {"tuned": "b in 1 of 2 seeds and a in 1 of 2 seeds"}
    assert verdict.comparisons[0].values == (0, 1)
    assert verdict.source == "official"
    assert verdict.reason.startswith(
        "For “tuned”, the share of seeds whose choice is not the variant of the best mean test accuracy averages 0.5"
    )


def test_a_published_number_about_choices_stands_beside_the_mean_over_seeds():
    regret = Metric(name="regret", target_score="test_accuracy")
    same = {name: (values[0], values[0]) for name, values in VALIDATION.items()}
    evidence = evidence_of(validation=same, test={name: (values[0], values[0]) for name, values in TEST.items()})

    assert average(regret, "tuned", metrics_of(evidence, (regret, ("tuned",)))) == "0.0500"
