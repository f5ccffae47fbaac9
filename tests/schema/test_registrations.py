"""A recorder or a probe is registered once, with its code and its words."""

from pkgutil import resolve_name

import pytest
from pydantic import ValidationError

from folklore.schema.figures.records import SnapshotFigure
from folklore.schema.snapshot import PRODUCERS, Series, Snapshot


@pytest.mark.parametrize("name", PRODUCERS)
def test_the_code_of_a_registration_exists(name):
    assert callable(resolve_name(PRODUCERS[name].build))


@pytest.mark.parametrize("name", PRODUCERS)
def test_no_two_statistics_of_a_recorder_read_the_same(name):
    statistics = PRODUCERS[name].statistics.values()
    assert len({statistic.in_figure for statistic in statistics}) == len(statistics)
    assert len({statistic.in_sentence for statistic in statistics}) == len(statistics)
    assert not any("_" in statistic.in_figure + statistic.in_sentence for statistic in statistics)


@pytest.mark.parametrize("name", PRODUCERS)
def test_a_protocol_is_made_of_sentences(name):
    assert PRODUCERS[name].protocol[0].isupper()
    assert PRODUCERS[name].protocol.endswith(".")


@pytest.mark.parametrize("kind", [Snapshot, Series])
def test_a_statistic_of_another_recorder_is_refused(kind):
    with pytest.raises(ValidationError, match=r"statistic of 'units' 'norm'.* dead"):
        kind(recorder="units", statistic="norm")


def test_a_figure_of_a_statistic_of_another_recorder_is_refused():
    with pytest.raises(ValidationError, match="'logits'"):
        SnapshotFigure(kind="snapshots", caption="c", recorder="logits", time_points=["end"], statistics=["sd", "dead"])
