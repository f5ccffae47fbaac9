"""An old name in a study is answered with the new one, where the new one is allowed."""

from typing import Literal

import pytest

from folklore.schema.renamed import RENAMED
from folklore.schema.strict_model import StrictModel
from folklore.schema.study import Study
from folklore.schema.validation import validated


class Wheel(StrictModel):
    diameter: float
    spokes: int = 36


class Car(StrictModel):
    kind: Literal["saloon", "estate"] = "saloon"
    front: Literal["steel"] | Wheel = "steel"


@pytest.fixture(autouse=True)
def renamed(monkeypatch):
    monkeypatch.setitem(RENAMED, "car", {"limousine": "saloon", "size": "diameter", "hub": "front.spokes"})


def errors_of(**content):
    errors = []
    validated(Car, content, "studies/a.yaml", errors)
    return errors


def test_an_old_value_is_answered_with_the_new_one():
    assert errors_of(kind="limousine") == ["studies/a.yaml: kind: 'limousine' is now called 'saloon'"]


def test_an_old_setting_is_answered_once_although_the_new_one_is_missing():
    assert errors_of(front={"size": 28.0}) == ["studies/a.yaml: front: 'size' is now called 'diameter'"]


def test_a_setting_that_moved_into_a_block_is_answered_with_its_path():
    assert errors_of(hub=3) == ["studies/a.yaml: 'hub' is now called 'front.spokes'"]


def test_an_old_name_means_nothing_where_the_new_one_is_not_allowed():
    assert "now called" not in errors_of(size=28.0)[0]


def test_a_name_in_place_of_a_block_is_told_the_names_alone():
    assert errors_of(front="wood") == ["studies/a.yaml: front: got 'wood'; Allowed: steel"]


def test_a_block_in_place_of_a_name_is_an_error():
    assert errors_of(kind={"name": "estate"}) != []


def test_old_names_deep_in_a_study_are_answered_with_the_new_ones_alone():
    claim = {"id": "T-1", "says": "x", "test": "greater", "of": "a", "than": "b"}
    dead = {"of": "units", "measure": "dead"}
    figures = {
        "pairs": {"kind": "pairs", "caption": "", "metric": "seconds", "pairs": [{"label": "", "printed": 1}]},
        "gaps": {"kind": "comparison", "caption": "", "of": ["gap_acc"]},
    }
    content = {"claims": [claim | {"metric": {"name": "minimum", "of": dead}}, claim | {"metric": "gap_loss"}]}
    errors = []
    validated(Study, content | {"title": "", "question": "", "source": "", "figures": figures}, "a.yaml", errors)
    assert errors == [
        "a.yaml: figures.pairs.pairs.0: 'printed' is now called 'published_value'",
        "a.yaml: figures.gaps.of.0: 'gap_acc' is now called 'accuracy_gap'",
        "a.yaml: claims.0.metric.of: 'of' is now called 'recorder'",
        "a.yaml: claims.0.metric.of: 'measure' is now called 'statistic'",
        "a.yaml: claims.1.metric.of: 'gap_loss' is now called 'loss_gap'",
        "a.yaml: 'source' is now called 'reference'",
    ]
