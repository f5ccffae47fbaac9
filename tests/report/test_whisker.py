from folklore.report.whisker import whisker
from folklore.schema.verdict import Verdict


def verdict(**changes):
    base = {"id": "C1-1", "protocol": "corrected", "says": "", "test": "greater", "ruling": "supported", "reason": ""}
    return Verdict.model_validate(base | {"effect": 0.5, "low": 0.25, "high": 1.0, "margin": 0.1} | changes)


def test_the_drawing_keeps_the_order_of_zero_margin_and_interval():
    drawn = whisker(verdict())
    assert drawn.zero < drawn.margins[0] < drawn.low < drawn.effect < drawn.high


def test_equivalence_is_held_against_both_margins():
    assert len(whisker(verdict(test="equivalent")).margins) == 2


def test_a_threshold_far_from_zero_does_not_squeeze_the_interval():
    assert whisker(verdict(test="threshold", effect=0.97, low=0.96, high=0.98, margin=0.999)).zero is None


def test_without_an_interval_nothing_is_drawn():
    assert whisker(verdict(low=None, high=None)) is None
