from typing import get_args

import pytest

from folklore.figures.words import clock_words, moment_words, quantity_words
from folklore.recipes.profile import Moment, Probe, Quantity, Recorder
from folklore.studies.metric import Clock


@pytest.mark.parametrize("source", [*get_args(Recorder), *get_args(Probe)])
def test_whatever_may_be_noted_has_words_and_no_two_of_them_are_the_same(source):
    words = [quantity_words(source, quantity) for quantity in get_args(Quantity)]
    assert len(set(words)) == len(words)
    assert not any("_" in word for word in words)


def test_every_moment_and_every_clock_has_words():
    assert len({moment_words("units", moment) for moment in get_args(Moment)}) == len(get_args(Moment))
    assert len({clock_words(clock) for clock in get_args(Clock)}) == len(get_args(Clock))


def test_a_gradient_is_measured_on_a_probe_batch_and_a_unit_on_all_examples():
    assert moment_words("flow", "start") == "probe batch before training"
    assert moment_words("units", "start") == "before training"
