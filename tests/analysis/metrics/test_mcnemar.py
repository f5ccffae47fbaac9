"""McNemar's test on answers whose number of wins and losses is planted."""

import math

import pandas as pd
import pytest
from scipy.stats import binomtest
from study_runs import evidence_with

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.compute import metric_values
from folklore.schema.metric import Metric
from folklore.schema.snapshot import Snapshot

RIGHT = {"probe": "correctness", "statistic": "correct"}


def evidence_of(**answers):
    """Variant → row of the data set → 1 or 0; None is a run that diverged. One seed."""
    planted = evidence_with("test_accuracy", {name: [found and 0.5] for name, found in answers.items()})
    rows = [
        {"variant": variant, "seed": 1, "recorder": "correctness", "time_point": "end", "name": row, "value": right}
        for variant, found in answers.items()
        for row, right in (found or {}).items()
    ]
    return Evidence(planted.runs, planted.curves, planted.facts, pd.DataFrame(rows).assign(statistic="correct"))


def p(evidence, variant="a", beside="b"):
    metric = Metric.model_validate({"name": "mcnemar_p", "snapshot": RIGHT, "other_variant": beside})
    return metric_values(metric, variant, evidence)[1]


def pair(both, won, lost, neither):
    """So many examples that both get right, the first alone, the second alone, or none."""
    ours = [1] * (both + won) + [0] * (lost + neither)
    theirs = [1] * both + [0] * won + [1] * lost + [0] * neither
    return [{str(row): float(right) for row, right in enumerate(found)} for found in (ours, theirs)]


def evidence_of_pair(*counts):
    return evidence_of(**dict(zip("ab", pair(*counts), strict=True)))


def test_six_wins_without_a_loss_have_two_chances_in_sixty_four():
    assert p(evidence_of_pair(3, 6, 0, 2)) == pytest.approx(2 / 64)
    assert p(evidence_of_pair(3, 0, 6, 2)) == pytest.approx(2 / 64)


@pytest.mark.parametrize(("won", "lost"), [(12, 3), (3, 12), (5, 5), (7, 6), (40, 15), (1, 0)])
def test_the_p_value_is_that_of_scipys_binomial_test(won, lost):
    assert p(evidence_of_pair(20, won, lost, 9)) == pytest.approx(binomtest(won, won + lost).pvalue)


def test_examples_that_both_get_right_or_wrong_say_nothing():
    assert p(evidence_of_pair(0, 9, 2, 0)) == p(evidence_of_pair(500, 9, 2, 100))
    assert p(evidence_of_pair(5, 0, 0, 5)) == 1


def test_a_variant_is_like_itself():
    assert p(evidence_of_pair(3, 6, 0, 2), beside="a") == 1


def test_the_order_of_the_rows_does_not_matter():
    ours, theirs = pair(3, 6, 0, 2)
    assert p(evidence_of(a=ours, b=dict(reversed(theirs.items())))) == pytest.approx(2 / 64)


def test_other_test_examples_cannot_be_compared():
    ours, theirs = pair(3, 6, 0, 2)
    shifted = {str(int(row) + 1): right for row, right in theirs.items()}
    assert math.isnan(p(evidence_of(a=ours, b=shifted)))
    fewer = dict(list(theirs.items())[1:])
    assert math.isnan(p(evidence_of(a=ours, b=fewer)))
    assert math.isnan(p(evidence_of(a=fewer, b=ours)))


def test_it_compares_right_answers_and_nothing_else():
    with pytest.raises(ValueError, match=r"`snapshot: .probe: correctness, statistic: correct.`"):
        Metric(name="mcnemar_p", snapshot=Snapshot(probe="misclassified", statistic="count"), other_variant="b")


def test_nothing_is_said_where_one_of_both_diverged():
    ours, _ = pair(3, 6, 0, 2)
    assert math.isnan(p(evidence_of(a=ours, b=None)))
    assert math.isnan(p(evidence_of(a=None, b=ours)))
