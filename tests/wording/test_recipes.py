"""Phrases of a recipe's blocks: what all variants share stands once, and what differs is listed."""

import pytest

from folklore.schema.models import MODELS
from folklore.schema.models.cnn import Cnn
from folklore.schema.optimisers import Sgd
from folklore.schema.phrased import Phrased
from folklore.wording.recipes import phrase


class Block(Phrased):
    size: int = 1
    norm: bool = False
    kind: str = "relu"

    phrase = "{size} units{norm:, normalised, }{size: (not {kind})|, usual}"
    words = {"relu": "ReLU"}


def test_a_value_that_blocks_share_stands_once_and_different_ones_are_listed():
    assert phrase([Block(size=2, norm=True)]) == "2 units, normalised,  (not ReLU)"
    assert phrase([Block(size=2), Block(size=3)]) == "2 or 3 (by variant) units (not ReLU)"


def test_the_text_for_a_default_replaces_that_for_other_values():
    assert phrase([Block()]) == "1 units, usual"


def test_a_switch_that_only_some_variants_turn_on_is_marked_before_the_comma_after_it():
    assert phrase([Block(), Block(norm=True)]) == "1 units, normalised (in some variants: see the table), , usual"


def test_a_variant_without_momentum_among_others_is_listed_with_zero():
    said = phrase([Sgd(name="sgd", lr=0.1), Sgd(name="sgd", lr=0.1, momentum=0.9)])
    assert "momentum μ = 0 or 0.9 (by variant) (v ← μ·v + g" in said and "without" not in said


@pytest.mark.parametrize("norm", [False, True])
def test_batch_normalisation_is_in_the_phrase_of_a_network_that_has_it(norm):
    assert ("batch normalisation, ReLU" in phrase([Cnn(name="cnn", batch_norm=norm)])) is norm


@pytest.mark.parametrize("name", MODELS)
def test_every_model_states_its_phrase_as_a_sentence(name):
    assert MODELS[name].phrase.endswith(".")
