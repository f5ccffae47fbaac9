"""Where the files of a plan are, and which inputs the report does without after failures."""

import pytest
import yaml

from folklore.plan.load import load_plan
from folklore.plan.paths import Paths
from folklore.plan.plan import Plan

GRADIENT = {"optimiser": {"name": "sgd", "lr": 0.1}, "batch_size": 16, "epochs": 1}
STUDY = {
    "title": "t",
    "question": "q",
    "reference": "r",
    "base": {"data": {"name": "mnist", "train": 60, "validation": 30}, "model": {"name": "linear"}} | GRADIENT,
    "variants": {"parent": {}, "child": {"parents": {"weights": {"study": "a", "variant": "parent"}}}},
    "seeds": 2,
    "figures": {"scores": {"kind": "table", "caption": "c", "metrics": ["test_accuracy"]}},
    "probes": {"robustness": ["child"]},
}


@pytest.fixture
def plan(tmp_path) -> Plan:
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(STUDY, sort_keys=False))
    return load_plan({"scale": "full"}, tmp_path)


def test_a_child_starts_from_the_weights_of_its_parents_run_with_the_same_seed(plan):
    variants, paths = plan.studies["a"].variants, Paths(plan)
    weights = [f"results/runs/{variants['parent'].id}/2/weights.safetensors"]
    assert paths.parents(variants["child"].id, "2") == {"weights": weights, "mask": []}
    assert paths.parents(variants["parent"].id, "2") == {"weights": [], "mask": []}
    assert paths.teacher_logits(variants["child"].id, "2") == []


def test_every_run_and_probe_of_a_study_has_a_path(plan):
    study, paths = plan.studies["a"], Paths(plan)
    runs = [f"results/runs/{variant.id}/{seed}" for variant in study.variants.values() for seed in (1, 2)]
    assert paths.scores(study.runs) == [f"{run}/scores.json" for run in runs]
    assert paths.probes(study) == [f"{run}/probes/robustness.csv" for run in runs[2:]]
    assert sorted(paths.scores_of_all_runs()) == sorted(paths.scores(study.runs))


def test_a_failed_run_is_left_out_and_named_with_its_reason_and_its_probe_is_not_named(plan):
    study = plan.studies["a"]
    run = f"results/runs/{study.variants['child'].id}/2"
    failures = {f"{run}/scores.json": "no memory", f"{run}/probes/robustness.csv": "no memory"}
    paths = Paths(plan, failures)
    assert len(paths.available(paths.scores(study.runs))) == 3
    assert set(paths.inputs_left_out(study)) == set(failures)
    assert paths.failed_in(study) == {"child, seed 2": "no memory"}


def test_a_failed_probe_figure_and_section_are_left_out_and_named(plan):
    study = plan.studies["a"]
    probe = f"results/runs/{study.variants['child'].id}/1/probes/robustness.csv"
    figure = "results/full-embedded/figures/a/scores.svg"
    section = "results/full-embedded/report/sections/a.json"
    paths = Paths(plan, {probe: "x", figure: "y", section: "z"})
    assert paths.failed_in(study) == {"probe robustness of child, seed 1": "x", "figure scores": "y"}
    assert paths.figures(study) == {}
    assert paths.sections() == []
    assert paths.studies_without_section() == {"a": "z"}
