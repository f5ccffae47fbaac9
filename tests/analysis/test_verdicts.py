import numpy as np
import pytest
from pydantic import TypeAdapter
from study_runs import evidence_with, evidence_with_curves, facts_of, judged

from folklore.schema.claim import Claim
from folklore.schema.verdict import Ruling

NOISE = [0.010, -0.012, 0.004, -0.006, 0.004]  # of mean 0


def around(mean, shift=0):
    return [mean + noise for noise in NOISE[shift:] + NOISE[:shift]]


def claim(number=1, **settings):
    settings = {"id": f"C000-{number:02}", "says": "…", "metric": "test_accuracy"} | settings
    return TypeAdapter(Claim).validate_python(settings)


def ruling(evidence, **settings):
    return judged([claim(**settings)], evidence)[0]


ARMS = evidence_with(
    "test_accuracy",
    {
        "low": around(0.50),
        "middle": around(0.60, 1),
        "twin": around(0.602, 2),
        "high": around(0.70, 3),
        "broken": [*around(0.6)[:4], None],
    },
)
RISING = ("low", "middle", "high")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"of": "high", "than": "low"}, Ruling.SUPPORTED),
        ({"of": "high", "than": "low", "margin": 0.1}, Ruling.SUPPORTED),
        ({"of": "high", "than": "low", "margin": 0.2}, Ruling.UNDECIDED),
        ({"of": "high", "than": "low", "margin": 0.3}, Ruling.REFUTED),
        ({"of": "low", "than": "high"}, Ruling.REFUTED),
        ({"of": "twin", "than": "middle"}, Ruling.UNDECIDED),
        ({"of": "high", "than": "low", "times": 1.3}, Ruling.SUPPORTED),
        ({"of": "high", "than": "low", "times": 1.5}, Ruling.REFUTED),
        ({"of": "low", "than": "high", "times": 0.5, "margin": 0.1}, Ruling.SUPPORTED),
    ],
)
def test_greater(settings, expected):
    assert ruling(ARMS, test="greater", **settings).ruling == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"of": "high", "direction": "above", "value": 0.65}, Ruling.SUPPORTED),
        ({"of": "high", "direction": "below", "value": 0.65}, Ruling.REFUTED),
        ({"of": "high", "direction": "above", "value": 0.701}, Ruling.UNDECIDED),
        ({"of": ("high", "middle"), "direction": "above", "value": 0.55}, Ruling.SUPPORTED),
        ({"of": ("high", "low"), "direction": "above", "value": 0.55}, Ruling.REFUTED),
        ({"of": ("high", "middle"), "direction": "above", "value": 0.6}, Ruling.UNDECIDED),
    ],
)
def test_threshold(settings, expected):
    assert ruling(ARMS, test="threshold", **settings).ruling == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"of": "twin", "than": "middle", "margin": 0.05}, Ruling.SUPPORTED),
        ({"of": "high", "than": "middle", "margin": 0.05}, Ruling.REFUTED),
        ({"of": "low", "than": "middle", "margin": 0.05}, Ruling.REFUTED),
        ({"of": "twin", "than": "middle", "margin": 0.005}, Ruling.UNDECIDED),
        ({"of": ("twin", "high"), "than": "middle", "margin": 0.05}, Ruling.REFUTED),
        ({"of": ("twin", "high"), "than": "middle", "margin": 0.2}, Ruling.SUPPORTED),
        ({"of": "high", "than": 0.7, "margin": 0.02}, Ruling.SUPPORTED),
        ({"of": "high", "than": 0.6, "margin": 0.02}, Ruling.REFUTED),
    ],
)
def test_equivalent(settings, expected):
    assert ruling(ARMS, test="equivalent", **settings).ruling == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"of": "high", "goal": "highest"}, Ruling.SUPPORTED),
        ({"of": "low", "goal": "lowest"}, Ruling.SUPPORTED),
        ({"of": "high", "goal": "highest", "margin": 0.05}, Ruling.SUPPORTED),
        ({"of": "high", "goal": "highest", "margin": 0.2}, Ruling.REFUTED),
        ({"of": "low", "goal": "highest"}, Ruling.REFUTED),
        ({"of": ("high", "low"), "goal": "highest"}, Ruling.SUPPORTED),
        ({"of": ("low", "middle"), "goal": "highest"}, Ruling.REFUTED),
        ({"of": "twin", "among": ("low", "middle"), "goal": "highest"}, Ruling.UNDECIDED),
        ({"of": ("middle", "twin"), "among": ("low", "middle", "twin"), "goal": "highest"}, Ruling.SUPPORTED),
    ],
)
def test_best(settings, expected):
    assert ruling(ARMS, test="best", **{"among": (*RISING, "twin")} | settings).ruling == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"over": RISING, "direction": "up"}, Ruling.SUPPORTED),
        ({"over": RISING, "direction": "up", "margin": 0.5}, Ruling.UNDECIDED),  # five signs are not enough either
        ({"over": RISING, "direction": "down"}, Ruling.REFUTED),
        ({"over": RISING[::-1], "direction": "down"}, Ruling.SUPPORTED),
        ({"over": ("middle", "twin"), "direction": "up"}, Ruling.UNDECIDED),
        ({"over": ("low", "high"), "direction": "up"}, Ruling.UNDECIDED),  # 2⁻⁵ in five seeds is not enough
        ({"over": ("low", "high", "middle", "low"), "direction": "up", "margin": 0.9}, Ruling.UNDECIDED),
    ],
)
def test_trend(settings, expected):
    assert ruling(ARMS, test="trend", **settings).ruling == expected


def test_a_trend_short_of_its_margin_is_refuted_though_it_is_none_at_all():
    rows = np.array([[1, 2, 3, 4], [4, 3, 2, 1], [1, 3, 2, 4], [4, 2, 3, 1], [2, 1, 4, 3], [3, 4, 1, 2], [1, 4, 3, 2]])
    evidence = evidence_with("test_accuracy", {name: rows[:, i].tolist() for i, name in enumerate("abcd")})

    verdict = ruling(evidence, test="trend", over=tuple("abcd"), direction="up", margin=0.9)

    assert verdict.ruling == Ruling.REFUTED


def test_so_many_times_another_variant_is_what_the_difference_is_taken_to():
    planted = {"double": [0.4, 0.6, 0.8], "half": [0.2, 0.3, 0.4]}
    verdict = ruling(evidence_with("test_accuracy", planted), test="greater", of="double", than="half", times=2)

    assert verdict.comparisons[0].label == "double − 2 × half"
    assert verdict.comparisons[0].values == pytest.approx((0, 0, 0))
    assert verdict.ruling == Ruling.UNDECIDED


def test_effect_and_interval_are_those_of_the_paired_difference():
    evidence = evidence_with("test_accuracy", {"a": [0.6, 0.8, 0.7], "b": [0.5, 0.6, 0.4]})

    verdict = ruling(evidence, test="greater", of="a", than="b", margin=0.05)

    assert verdict.effect == pytest.approx(0.2)
    assert (verdict.low, verdict.high) == pytest.approx((0.2 - 4.302653 * 0.1 / 3**0.5, 0.2 + 4.302653 * 0.1 / 3**0.5))
    assert (verdict.margin, verdict.seeds, verdict.p_exact) == (0.05, (1, 2, 3), 0.25)
    assert verdict.comparisons[0].values == pytest.approx((0.1, 0.2, 0.3))
    assert verdict.reason == (
        "“a” − “b” in test accuracy after the last epoch averages 0.2 (95 % CI [−0.04841, 0.4484], 3 seeds), "
        "but the 95 % CI includes the margin of 0.05."
    )


def test_the_nearest_rival_decides_what_is_best():
    verdict = ruling(ARMS, test="best", of="high", among=("low", "middle", "high"), goal="highest")

    assert verdict.effect == pytest.approx(0.1)
    assert [comparison.label for comparison in verdict.comparisons] == ["high − low", "high − middle"]
    assert "“high” − “middle” in test accuracy" in verdict.reason


def test_so_many_more_seeds_are_said_to_settle_it():
    evidence = evidence_with("test_accuracy", {"a": [0.0, 1.0, 2.0], "b": [0.0, 0.0, 0.0]})

    assert ruling(evidence, test="greater", of="a", than="b").more_seeds == 4
    assert ruling(ARMS, test="greater", of="high", than="low").more_seeds is None


def test_one_seed_decides_nothing():
    evidence = evidence_with("test_accuracy", {"a": [0.9], "b": [0.1]})

    for settings in (
        {"test": "greater", "of": "a", "than": "b"},
        {"test": "threshold", "of": "a", "direction": "above", "value": 0.5},
        {"test": "equivalent", "of": "a", "than": "b", "margin": 0.5},
        {"test": "best", "of": "a", "among": ("a", "b"), "goal": "highest"},
        {"test": "trend", "over": ("b", "a"), "direction": "up"},
    ):
        verdict = ruling(evidence, **settings)
        assert (verdict.ruling, verdict.low, verdict.p_value) == (Ruling.UNDECIDED, None, None)
        assert "for 1 seed; a test needs at least 2" in verdict.reason


@pytest.mark.parametrize(("seeds", "expected"), [(5, Ruling.UNDECIDED), (6, Ruling.SUPPORTED)])
def test_identical_differences_rest_on_the_signs_alone(seeds, expected):
    evidence = evidence_with("test_accuracy", {"a": [0.7] * seeds, "b": [0.6] * seeds})

    assert ruling(evidence, test="greater", of="a", than="b").ruling == expected


def test_two_variants_in_order_in_three_seeds_are_no_trend_yet():
    evidence = evidence_with("test_accuracy", {"a": [0.1, 0.2, 0.3], "b": [0.4, 0.5, 0.6]})

    verdict = ruling(evidence, test="trend", over=("a", "b"), direction="up")

    assert (verdict.ruling, verdict.effect, verdict.p_value, verdict.more_seeds) == (Ruling.UNDECIDED, 1.0, 0.25, 3)


def test_a_run_that_diverged_leaves_the_claim_undecided_and_is_named():
    verdict = ruling(ARMS, test="greater", of="broken", than="low")

    assert verdict.ruling == Ruling.UNDECIDED
    assert verdict.diverged == ("broken, 5",)
    assert verdict.comparisons[0].values[-1] is None
    assert verdict.reason == (
        "The test accuracy after the last epoch is missing for 1 of 10 runs: “broken” (seed 5) diverged."
    )


def test_a_run_that_failed_leaves_the_claim_undecided_and_is_named():
    evidence = evidence_with("test_accuracy", {"a": [0.5, 0.5], "b": [0.4, 0.4]})
    evidence.runs.loc[3, ["status", "test_accuracy.last"]] = ["failed", None]
    verdict = ruling(evidence, test="greater", of="a", than="b")
    assert verdict.ruling == Ruling.UNDECIDED
    assert verdict.reason == ("The test accuracy after the last epoch is missing for 1 of 4 runs: “b” (seed 2) failed.")
    assert verdict.diverged == ()


def test_a_run_that_lacks_a_number_is_not_said_to_have_diverged():
    evidence = evidence_with("test_accuracy", {"a": [0.7, 0.7], "b": [0.6, None]})

    verdict = ruling(evidence, test="greater", metric="test_loss", of="a", than="b")

    assert verdict.diverged == ("b, 2",)
    assert "“a” (seeds 1, 2) and “b” (seed 1) did not record it" in verdict.reason


def test_a_variant_that_was_not_run_leaves_the_claim_undecided():
    verdict = ruling(ARMS, test="greater", of="lr=9", than="low")

    assert (verdict.ruling, verdict.reason) == (Ruling.UNDECIDED, "“lr=9” was not run at this scale.")


@pytest.mark.parametrize(("value", "expected"), [(65535.5, Ruling.SUPPORTED), (65536, Ruling.REFUTED)])
def test_an_exact_value_needs_one_seed_and_no_interval(value, expected):
    evidence = evidence_with("test_accuracy", {"a": [0.5]}, a=facts_of(weights={"fc1.weight": 65536}))
    metric = {"name": "n_weights", "tensor": "fc1.weight"}

    verdict = ruling(evidence, test="threshold", metric=metric, of="a", direction="above", value=value, exact=True)

    assert (verdict.ruling, verdict.effect, verdict.low, verdict.p_value) == (expected, 65536, None, None)


def test_what_cannot_be_tested_says_why():
    untestable = TypeAdapter(Claim).validate_python(
        {"id": "C000-16", "says": "…", "test": "not_testable", "reason": "It is an explanation."}
    )

    verdict = judged([untestable], ARMS)[0]

    assert (verdict.ruling, verdict.reason) == (Ruling.NOT_TESTABLE, "It is an explanation.")


def test_holm_takes_back_what_many_tests_would_show_by_chance():
    evidence = evidence_with("test_accuracy", {"a": [0.62, 0.61, 0.65, 0.61, 0.64], "b": [0.6] * 5})
    alone = judged([claim(1, test="greater", of="a", than="b")], evidence)
    beside = judged([claim(i, test="greater", of="a", than="b") for i in range(1, 5)], evidence)

    assert alone[0].ruling == Ruling.SUPPORTED
    assert {verdict.ruling for verdict in beside} == {Ruling.UNDECIDED}
    assert beside[0].p_holm == pytest.approx(4 * alone[0].p_value)
    assert ", but Holm-adjusted p = " in beside[0].reason
    assert beside[0].reason.endswith(" over 4 tests.")
    assert beside[0].more_seeds >= 1


def test_the_published_readings_are_corrected_among_themselves():
    both = [claim(i, test="greater", of="high", than="low", protocol="corrected") for i in (1, 2)]
    both += [claim(1, test="greater", of="high", than="low", protocol="as_published")]

    corrected, _, published = judged(both, ARMS)

    assert corrected.p_holm == pytest.approx(2 * corrected.p_value)
    assert published.p_holm == published.p_value


def test_stand_ins_and_several_sources_are_said():
    stand_in = {"dataset": {"source": "embedded", "stand_in": True}}
    evidence = evidence_with("test_accuracy", {"a": around(0.6), "b": around(0.5, 1)}, b=stand_in)

    verdict = ruling(evidence, test="greater", of="a", than="b")

    assert (verdict.source, verdict.stand_in) == ("embedded and official", True)


def test_levels_never_reached_are_told():
    evidence = evidence_with_curves(
        "train_accuracy", {"a": [[0.2, 0.9]] * 3, "b": [[0.2, 0.3], [0.1, 0.9], [0.1, 0.2]]}
    )

    verdict = ruling(evidence, test="greater", metric={"name": "epochs_to_accuracy", "level": 0.8}, of="b", than="a")

    assert verdict.reason.endswith("; 2 of 6 runs never reached it (right-censored at their last epoch + 1).")


def test_the_same_evidence_gives_the_same_verdict():
    claims = [claim(1, test="greater", of="high", than="low"), claim(2, test="trend", over=RISING, direction="up")]

    assert judged(claims, ARMS) == judged(claims, ARMS)
