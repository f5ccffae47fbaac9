"""A claim never compares a variant with itself: a selection that it names leaves the compared variants out."""

import pytest
from pydantic import TypeAdapter

from folklore.plan.selections import exhausted, without_compared
from folklore.schema.claim import Claim
from folklore.schema.selection import Selection

VARIANTS = ["a", "b", "c"]
SELECTIONS = {"best": Selection(among=("a", "b")), "any": Selection()}


def resolved(selections=SELECTIONS, **settings):
    claim = {"id": "C1-1", "says": "…", "metric": "test_loss"} | settings
    return without_compared(TypeAdapter(Claim).validate_python(claim), selections, VARIANTS)


@pytest.mark.parametrize(
    ("settings", "name", "among"),
    [
        ({"test": "greater", "of": "a", "than": "best"}, "best (without a)", ("b",)),
        ({"test": "greater", "of": "any", "than": "b"}, "any (without b)", ("a", "c")),
        ({"test": "equivalent", "of": ["best", "c"], "than": "a", "margin": 1}, "best (without a)", ("b",)),
        ({"test": "trend", "over": ["b", "best"], "direction": "up"}, "best (without b)", ("a",)),
        ({"test": "best", "of": "best", "among": ["b", "c"], "goal": "highest"}, "best (without b)", ("a",)),
    ],
    ids=lambda cell: str(cell)[:30],
)
def test_the_compared_variant_is_left_out_of_the_choice(settings, name, among):
    claim, narrowed = resolved(**settings)
    assert name in claim.variants
    assert narrowed == {name: Selection(among=among)}


@pytest.mark.parametrize(
    "settings",
    [
        {"test": "greater", "of": "c", "than": "best"},
        {"test": "greater", "of": "best", "than": "any"},
        {"test": "threshold", "of": ["a", "best"], "direction": "above", "value": 0},
        {"test": "equivalent", "of": ["a", "best"], "than": 0.5, "margin": 1},
        {"test": "equivalent", "of": ["a", "best"], "than": "c", "margin": 1},
    ],
    ids=lambda cell: str(cell)[:60],
)
def test_a_claim_that_compares_no_candidate_keeps_its_selection(settings):
    claim, narrowed = resolved(**settings)
    assert narrowed == {}
    assert not any("without" in name for name in claim.variants)


def test_a_selection_with_nothing_left_to_choose_is_refused():
    _, narrowed = resolved({"alone": Selection(among=("a",))}, test="greater", of="a", than="alone")
    assert list(exhausted(narrowed)) == [
        "selections: expected a candidate for 'alone (without a)'; got none. Add a variant to its `among`"
    ]
