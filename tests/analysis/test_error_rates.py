"""Many simulated studies with planted truth: what the intervals cover, and how often a true null is called settled."""

from collections import Counter

import numpy as np
import pytest
from pydantic import TypeAdapter
from study_runs import evidence_with, judged

from folklore.analysis import intervals
from folklore.analysis.tests import best, equivalent, greater, threshold, trend
from folklore.schema.claim import Claim
from folklore.schema.verdict import Ruling

STUDIES = 2_000
JUDGED = 500  # of them, where each goes through the whole test of a claim
FIND = {
    "greater": greater.find,
    "threshold": threshold.find,
    "equivalent": equivalent.find,
    "best": best.find,
    "trend": trend.find,
}
PAIR = {"of": "a", "than": "b"}


def claim(**settings):
    settings = {"id": "C000-01", "says": "…", "metric": "test_accuracy"} | settings
    return TypeAdapter(Claim).validate_python(settings)


def rates(claim, studies):
    """Share of the studies (an array studies × variants × seeds) in which the claim alone is ruled so or so."""
    found = Counter(FIND[claim.test](claim, dict(zip("abcde", study, strict=False))).ruling for study in studies)
    return {ruling: count / len(studies) for ruling, count in found.items()}


def covered(truth, low, high):
    return np.mean((low < truth) & (truth < high))


def shifted(rng, seeds, *means):
    """Accuracies of variants with these means, with what a seed does to all of them and what it does to each."""
    common = rng.normal(0, 0.02, (STUDIES, 1, seeds))
    return np.array(means)[:, None] + common + rng.normal(0, 0.01, (STUDIES, len(means), seeds))


@pytest.mark.parametrize("seeds", [2, 3, 5, 10])
def test_intervals_cover_the_truth_in_95_percent_of_studies(seeds):
    values = np.random.default_rng(seeds).normal(0.7, 0.02, (20_000, seeds))

    _, low, high = intervals.mean_interval(values)

    assert covered(0.7, low, high) == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize("seeds", [3, 5])
def test_intervals_of_paired_differences_cover_the_truth(seeds):
    arms = shifted(np.random.default_rng(seeds), seeds, 0.70, 0.67)

    _, low, high = intervals.mean_interval(intervals.paired_differences(arms[:, 0], arms[:, 1]))

    assert covered(0.03, low, high) == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize("seeds", [3, 5])
@pytest.mark.parametrize(
    ("settings", "means"),
    [
        ({"test": "greater", **PAIR}, (0.7, 0.7)),
        ({"test": "greater", **PAIR, "margin": 0.02}, (0.72, 0.7)),
        ({"test": "threshold", "of": "a", "direction": "above", "value": 0.7}, (0.7,)),
        ({"test": "threshold", "of": ("a", "b", "c"), "direction": "below", "value": 0.7}, (0.7, 0.7, 0.7)),
        ({"test": "equivalent", **PAIR, "margin": 0.01}, (0.71, 0.7)),
        ({"test": "equivalent", "of": ("a", "c"), "than": "b", "margin": 0.01}, (0.69, 0.7, 0.71)),
        ({"test": "best", "of": "a", "among": ("a", "b"), "goal": "highest"}, (0.7, 0.7)),
        ({"test": "best", "of": "a", "among": tuple("abcd"), "goal": "lowest"}, (0.7,) * 4),
        ({"test": "best", "of": ("a", "b"), "among": tuple("abcd"), "goal": "highest"}, (0.7,) * 4),
        ({"test": "best", "of": ("a", "b", "c"), "among": tuple("abcd"), "goal": "highest"}, (0.7,) * 4),
    ],
)
def test_a_truth_on_the_margin_is_seldom_called_settled(settings, means, seeds):
    found = rates(claim(**settings), shifted(np.random.default_rng(seeds), seeds, *means)[:JUDGED])

    assert found.get(Ruling.SUPPORTED, 0) <= 0.05
    assert found.get(Ruling.REFUTED, 0) <= 0.05


@pytest.mark.parametrize("seeds", [3, 5, 8])
@pytest.mark.parametrize("variants", [2, 3, 5])
@pytest.mark.parametrize("levels", [3, 1_000_000])  # so many distinct values: with few of them, ties abound
def test_no_trend_is_seldom_called_one(variants, levels, seeds):
    values = np.random.default_rng(seeds).integers(levels, size=(JUDGED, variants, seeds)).astype(float)

    found = rates(claim(test="trend", over=tuple("abcde"[:variants]), direction="up"), values)

    assert found.get(Ruling.SUPPORTED, 0) <= 0.05
    assert found.get(Ruling.REFUTED, 0) <= 0.05


@pytest.mark.parametrize(
    ("settings", "means"),
    [
        ({"test": "greater", **PAIR, "margin": 0.01}, (0.76, 0.7)),
        ({"test": "threshold", "of": ("a", "b"), "direction": "above", "value": 0.6}, (0.7, 0.72)),
        ({"test": "equivalent", **PAIR, "margin": 0.05}, (0.7, 0.7)),
        ({"test": "best", "of": "a", "among": tuple("abc"), "goal": "highest"}, (0.8, 0.7, 0.74)),
        ({"test": "trend", "over": tuple("abc"), "direction": "down"}, (0.8, 0.75, 0.7)),
    ],
)
def test_a_plain_truth_is_found_with_five_seeds(settings, means):
    found = rates(claim(**settings), shifted(np.random.default_rng(0), 5, *means)[:200])

    assert found[Ruling.SUPPORTED] >= 0.9


def test_a_study_of_ten_nulls_seldom_supports_any():
    rng = np.random.default_rng(0)
    claims = [claim(id=f"C000-{i}", test="greater", of=f"a{i}", than=f"b{i}") for i in range(10)]

    def supports_any():
        planted = {name + str(i): rng.normal(0.7, 0.01, 5).tolist() for i in range(10) for name in "ab"}
        verdicts = judged(claims, evidence_with("test_accuracy", planted))
        return any(verdict.ruling == Ruling.SUPPORTED for verdict in verdicts)

    assert np.mean([supports_any() for _ in range(100)]) <= 0.05
