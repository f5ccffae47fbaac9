"""The report prints no lower bound as if it were a measured value."""

import pandas as pd
import pytest

from folklore.analysis.metrics_table import COLUMNS, MetricsTable, metric_key
from folklore.report.results import average, published
from folklore.schema.metric import Metric
from folklore.schema.study import PublishedValue

REACHED = Metric(name="epochs_to_accuracy", level=0.9)


def planted(*never_reached: bool) -> MetricsTable:
    """Runs with the number 13: for each, whether it never reached the level."""
    rows = [
        ("a", seed, *metric_key(REACHED), 13.0, "finished", never, "")
        for seed, never in enumerate(never_reached, start=1)
    ]
    return MetricsTable(pd.DataFrame(rows, columns=COLUMNS))


@pytest.mark.parametrize(
    ("never_reached", "words"),
    [((False, False), "13.0"), ((True, False), "≥ 13.0"), ((True, True), "never reached")],
    ids=["all reached it", "one did not", "none did"],
)
def test_a_mean_of_lower_bounds_says_so(never_reached, words):
    assert average(REACHED, "a", planted(*never_reached)) == words


@pytest.mark.parametrize(("value", "position"), [(20.0, "–"), (5.0, "below")])
def test_a_published_value_is_compared_with_a_lower_bound_only_from_below(value, position):
    printed = PublishedValue(variant="a", metric=REACHED, value=value, where="table 1")
    [row] = published(planted(True, True), [printed], "").rows
    assert row[4] == position
