"""What a study reads of recorders and probes is noted by its runs, or the user hears of it before they run."""

import pytest

from folklore.plan.recordings import missing_recordings
from folklore.schema.recipe import Recipe
from folklore.schema.study import Study

DATA = {"name": "mnist", "train": 100, "validation": 30}
PLAIN = {
    "data": DATA,
    "model": {"name": "mlp"},
    "optimiser": {"name": "sgd", "lr": 0.1},
    "batch_size": 10,
    "epochs": 2,
}
RECIPES = {
    "watched": Recipe.model_validate(PLAIN | {"record": ["units"]}),
    "plain": Recipe.model_validate(PLAIN),
    "stopping": Recipe.model_validate(PLAIN | {"stop": {"patience": 3}}),
    "penalised": Recipe.model_validate(PLAIN | {"objective": {"name": "penalised_cross_entropy", "l2": 0.1}}),
    "trees": Recipe.model_validate({"data": DATA, "model": {"name": "xgboost"}}),
}
DEAD = {"name": "recorded_max", "snapshot": {"recorder": "units", "statistic": "dead", "names": "fc1"}}
DEAD_BY_EPOCH = {"name": "minimum", "of": {"recorder": "units", "statistic": "dead"}}
REGIONS = {"name": "recorded_max", "snapshot": {"probe": "decision_map", "statistic": "regions", "names": "last"}}


def faults(**said):
    study = Study.model_validate({"title": "t", "question": "q", "reference": "s"} | said)
    return missing_recordings(study, study.claims, study.selections, RECIPES)


def claim(metric, of="watched", than="plain"):
    return {"id": "C1-1", "says": "…", "test": "greater", "metric": metric, "of": of, "than": than}


def test_a_claim_reads_only_what_its_variants_record():
    assert faults(claims=[claim(DEAD, than="watched")]) == []
    assert faults(claims=[claim(DEAD)]) == [
        "C1-1: needs recorder 'units' in 'plain'. Add it to `record`, in `base` or in the variants"
    ]


@pytest.mark.parametrize(
    "metric",
    [
        DEAD_BY_EPOCH,
        {"name": "test_accuracy", "minus": DEAD},
        {"name": "total_variation", "snapshot": DEAD["snapshot"], "to": DEAD["snapshot"]},
    ],
    ids=["a trace", "what is subtracted", "another profile"],
)
def test_wherever_a_metric_reads_it(metric):
    assert len(faults(claims=[claim(metric)])) == 1


def test_another_variant_beside_is_read_too():
    metric = {"name": "spearman", "snapshot": DEAD["snapshot"], "other_variant": "plain"}
    [line] = faults(claims=[claim(metric, than="watched")])
    assert "needs recorder 'units' in 'plain'." in line


def test_whatever_a_selection_may_choose_records_what_is_read_of_it():
    assert faults(claims=[claim(DEAD, "tuned", "watched")], selections={"tuned": {"among": ["watched"]}}) == []
    [line] = faults(claims=[claim(DEAD, "tuned", "watched")], selections={"tuned": {}})
    assert "needs recorder 'units' in 'plain', 'stopping', 'penalised', 'trees'." in line


def test_a_probe_is_asked_of_every_variant_that_is_read():
    assert faults(claims=[claim(REGIONS)], probes={"decision_map": ["watched", "plain"]}) == []
    assert faults(claims=[claim(REGIONS)], probes={"decision_map": ["watched"]}) == [
        "C1-1: needs probe 'decision_map' on 'plain'. Add the variants to `probes.decision_map`"
    ]


def test_a_figure_draws_what_was_asked_and_what_was_recorded():
    failures = {"kind": "misclassified", "caption": "c", "variants": ["plain"]}
    histograms = {"kind": "histograms", "caption": "c", "variant": "plain"}
    [first, second] = faults(figures={"strip": failures, "logits": histograms})
    assert first.startswith("figures.strip: needs probe 'misclassified' on 'plain'")
    assert second.startswith("figures.logits: needs recorder 'logits' in 'plain'")


def test_a_figure_of_all_variants_and_a_table_show_those_that_have_something_to_show():
    profiles = {
        "kind": "snapshots",
        "caption": "c",
        "recorder": "units",
        "time_points": ["end"],
        "statistics": ["dead"],
    }
    table = {"kind": "table", "caption": "c", "metrics": [DEAD], "variants": ["watched", "plain"]}
    assert faults(figures={"all": profiles, "table": table}) == []
    [line] = faults(figures={"table": table | {"variants": ["plain"]}})
    assert line.startswith("figures.table: needs recorder 'units' in 'plain'")


def test_a_variant_without_a_network_is_asked_nothing():
    assert faults(probes={"robustness": ["plain", "trees"]}) == [
        "probes.robustness: variant 'trees' has no network to ask, its model is 'xgboost'; leave it out"
    ]


def test_what_a_test_example_is_taken_for_is_asked_of_every_learner():
    assert faults(probes={"correctness": ["plain", "trees"]}) == []


def test_mcnemars_test_reads_the_answers_of_both_variants():
    apart = {
        "name": "mcnemar_p",
        "snapshot": {"probe": "correctness", "statistic": "correct"},
        "other_variant": "trees",
    }
    [line] = faults(claims=[claim(apart)], probes={"correctness": ["watched", "plain"]})
    assert "needs probe 'correctness' on 'trees'" in line


def test_what_is_said_of_a_variant_of_another_scale_is_let_be():
    assert faults(claims=[claim(REGIONS, of="huge", than="huge")], probes={"decision_map": ["huge"]}) == []


STOPPED = {"name": "test_accuracy", "checkpoint": "stopped"}


def test_the_checkpoint_of_early_stopping_is_there_where_the_recipe_stops():
    assert faults(claims=[claim(STOPPED, "stopping", "stopping")]) == []
    assert faults(claims=[claim(STOPPED, "stopping", "plain")]) == [
        "C1-1: needs the checkpoint 'stopped' of 'plain', which leaves no such checkpoint. Add `stop` to the recipe"
    ]


def test_a_checkpoint_that_is_subtracted_has_to_be_there_too():
    gain = {"name": "test_accuracy", "minus": STOPPED}
    [line] = faults(claims=[claim(gain, "stopping", "plain")])
    assert "'stopped' of 'plain'" in line


def test_trees_have_no_initial_weights_to_score():
    [line] = faults(claims=[claim({"name": "test_accuracy", "checkpoint": "initial"}, "plain", "trees")])
    assert "needs the checkpoint 'initial' of 'trees'" in line


def test_the_curve_of_the_objective_is_there_where_it_is_not_the_running_loss():
    assert faults(claims=[claim({"name": "final", "of": "objective"}, "penalised", "penalised")]) == []
    [line] = faults(claims=[claim({"name": "final", "of": "objective"}, "penalised", "plain")])
    assert line.endswith("of 'plain', where the cross-entropy is minimised. Read `running_loss`")


def test_a_comparison_of_objectives_needs_one_variant_that_has_one():
    drawing = {"kind": "comparison", "caption": "c", "of": "objective"}
    assert faults(figures={"lines": drawing}) == []
    assert len(faults(figures={"lines": drawing | {"variants": ["plain", "stopping"]}})) == 1
