from typing import get_args

import pytest

from folklore.schema.metric import TimeUnit
from folklore.schema.snapshot import ProbeName, RecorderName, Statistic, TimePoint
from folklore.wording.figures import clock_words, quantity_words, time_point_words


@pytest.mark.parametrize("source", [*get_args(RecorderName), *get_args(ProbeName)])
def test_whatever_may_be_noted_has_words_and_no_two_of_them_are_the_same(source):
    words = [quantity_words(source, quantity) for quantity in get_args(Statistic)]
    assert len(set(words)) == len(words)
    assert not any("_" in word for word in words)


def test_every_moment_and_every_clock_has_words():
    assert len({time_point_words("units", moment) for moment in get_args(TimePoint)}) == len(get_args(TimePoint))
    assert len({clock_words(clock) for clock in get_args(TimeUnit)}) == len(get_args(TimeUnit))


def test_a_gradient_is_measured_on_a_probe_batch_and_a_unit_on_all_examples():
    assert time_point_words("flow", "start") == "probe batch before training"
    assert time_point_words("units", "start") == "before training"
