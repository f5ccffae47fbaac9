from typing import get_args

from folklore.schema.metric import TimeUnit
from folklore.schema.snapshot import TimePoint
from folklore.wording.figures import time_point_words, time_unit_words


def test_every_time_point_and_every_time_unit_has_words():
    assert len({time_point_words("units", moment) for moment in get_args(TimePoint)}) == len(get_args(TimePoint))
    assert len({time_unit_words(unit) for unit in get_args(TimeUnit)}) == len(get_args(TimeUnit))


def test_a_gradient_is_measured_on_a_probe_batch_and_a_unit_on_all_examples():
    assert time_point_words("activation_gradients", "start") == "probe batch before training"
    assert time_point_words("units", "start") == "before training"
