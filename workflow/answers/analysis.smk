"""What the rules of analysis.smk ask."""

import json

from folklore.analysis.tests import TESTS
from folklore.plan.metric_requests import requested_metrics


def scores_file(run):
    return f"{RESULTS}/runs/{run.recipe}/{run.seed}/scores.json"


def scores_of_runs(wildcards):
    return available(map(scores_file, study_of(wildcards).runs))


def inputs_left_out(wildcards):
    study = study_of(wildcards)
    paths = [*map(scores_file, study.runs), *probe_files(study)]
    return option(canonical([path for path in paths if path in FAILURES]))


def identities_of_variants(wildcards):
    """In the order of the study, which is the order of every table."""
    return option(json.dumps({variant.name: variant.id for variant in study_of(wildcards).variants.values()}))


def seeds_of_study(wildcards):
    return option(canonical(study_of(wildcards).seeds))


def metrics_requested(wildcards):
    """Metrics with the variants and selections that they are requested for, but not where."""
    return option(canonical(requested_metrics(study_of(wildcards))))


def claims_of(wildcards):
    claims = [claim.model_dump(mode="json", exclude_unset=True) for claim in study_of(wildcards).claims]
    return option(canonical(claims))


def judging_code(wildcards):
    """The code of the tests that the study's claims name."""
    tests = {TESTS[claim.test] for claim in study_of(wildcards).claims if claim.test in TESTS}
    return code("judge_claims", *sorted(tests))


def selections_of(wildcards):
    selections = study_of(wildcards).selections
    return option(canonical({name: settings(selection) for name, selection in selections.items()}))
