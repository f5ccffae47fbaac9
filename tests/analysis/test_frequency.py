"""Divergence is a result that claims can be about."""

import pytest
from study_runs import evidence_with, judged

from folklore.analysis.tests.frequency import fisher_p
from folklore.schema.claim import Greater

CLAIM = Greater(id="C000-04", says="It diverges.", test="greater", metric="diverged", of="wild", than="tame")


def verdict_on(wild, tame):
    [verdict] = judged([CLAIM], evidence_with("test_accuracy", {"wild": wild, "tame": tame}))
    return verdict


def test_a_variant_that_always_diverges_beside_one_that_never_does_supports_the_claim():
    verdict = verdict_on([None] * 5, [0.7] * 5)
    assert (verdict.ruling, verdict.effect) == ("supported", 1.0)
    assert verdict.p_value == pytest.approx(2 / 252)


def test_three_seeds_are_too_few_and_one_more_would_do():
    verdict = verdict_on([None] * 3, [0.7] * 3)
    assert (verdict.ruling, verdict.p_value, verdict.more_seeds) == ("undecided", pytest.approx(0.1), 1)


def test_where_nothing_diverges_no_number_of_seeds_would_show_it():
    verdict = verdict_on([0.7] * 5, [0.7] * 5)
    assert (verdict.ruling, verdict.p_value, verdict.more_seeds) == ("undecided", 1.0, None)


@pytest.mark.parametrize(("hits", "expected"), [((8, 2, 10), 0.023), ((6, 4, 10), 0.656), ((10, 0, 10), 1.08e-5)])
def test_the_p_value_is_that_of_fishers_tables(hits, expected):
    assert fisher_p(*hits) == pytest.approx(expected, rel=0.01)
