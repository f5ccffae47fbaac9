"""Schedules against numbers worked out by hand from the formulas of documents 000 and 002."""

from typing import get_args

import pytest

from folklore.schema.optimisers import Optimiser
from folklore.schema.schedules import Schedule
from folklore.train.optimisers import OPTIMISERS
from folklore.train.schedules import SCHEDULES, learning_rates


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ({"name": "constant"}, {0: 0.1, 49: 0.1}),
        ({"name": "inverse_time", "k": 0.25}, {0: 0.1, 16: 0.02, 49: 0.1 / 13.25}),
        ({"name": "exponential", "k": 0.1}, {0: 0.1, 10: 0.1 / 2.718281828459045}),
        ({"name": "step", "factor": 0.5, "every": 10}, {9: 0.1, 10: 0.05, 20: 0.025}),
        ({"name": "linear", "end": 0.0}, {0: 0.1, 49: 0.0}),
        ({"name": "inverse_root"}, {0: 0.1, 3: 0.05}),
        ({"name": "power_of_ten"}, {0: 0.1, 2: 0.001}),
        ({"name": "cosine", "end": 0.0}, {0: 0.1, 25: 0.05}),
    ],
    ids=lambda value: value.get("name", ""),
)
def test_a_schedule_has_the_rates_of_its_formula(schedule, expected):
    rates = learning_rates(0.1, schedule, 50)
    assert len(rates) == 50
    assert {t: rates[t] for t in expected} == pytest.approx(expected, abs=1e-12)


def names(union):
    return {get_args(block.model_fields["name"].annotation)[0] for block in get_args(get_args(union)[0])}


def test_the_vocabulary_and_the_code_name_the_same_schedules_and_optimisers():
    assert names(Schedule) == set(SCHEDULES)
    assert names(Optimiser) == set(OPTIMISERS)
