"""Functions of the rules of analysis.smk."""

import json

from folklore.analysis.tests import TESTS
from folklore.plan.metric_requests import requested_metrics


def scores_of_study(wildcards):
    return PATHS.available(PATHS.scores(study_of(wildcards).runs))


def probes_of_study(wildcards):
    return PATHS.available(PATHS.probes(study_of(wildcards)))


def identities_of_variants(wildcards):
    """In the order of the study, which is the order of every table."""
    return LONG.option(json.dumps({variant.name: variant.id for variant in study_of(wildcards).variants.values()}))


def seeds_of_study(wildcards):
    return option(study_of(wildcards).seeds)


def probed_variants(wildcards):
    return option(study_of(wildcards).probed)


def inputs_left_out(wildcards):
    return option(PATHS.inputs_left_out(study_of(wildcards)))


def metrics_of_study(wildcards):
    """Metrics with the variants and selections that they are requested for, but not where."""
    return option(requested_metrics(study_of(wildcards)))


def claims_of_study(wildcards):
    return option([claim.model_dump(mode="json", exclude_unset=True) for claim in study_of(wildcards).claims])


def selections_of_study(wildcards):
    return option({name: settings(selection) for name, selection in study_of(wildcards).selections.items()})


def judging_code(wildcards):
    """The code of the tests that the study's claims name."""
    tests = {TESTS[claim.test] for claim in study_of(wildcards).claims if claim.test in TESTS}
    return code("judge_claims", *sorted(tests))
