"""What differs between two versions of the same settings is named key by key."""

import json

from folklore.cli.differences import differences, replaced


def said(old: object, new: object) -> list[str]:
    return list(map(str, differences(old, new)))


def test_a_changed_a_new_and_a_lost_key_are_told_with_both_values():
    old = {"optimiser": {"name": "sgd", "lr": 0.1}, "epochs": 5}
    new = {"optimiser": {"name": "sgd", "lr": 0.2}, "batch_size": 16}
    assert said(old, new) == ["optimiser.lr: 0.1 → 0.2", "batch_size: nothing → 16", "epochs: 5 → nothing"]


def test_entries_of_a_list_go_by_their_names_wherever_they_stand():
    old = [{"id": "T-1", "margin": 0}, {"id": "T-2", "margin": 0}]
    new = [{"id": "T-2", "margin": 1}, {"id": "T-1", "margin": 0}]
    assert said(old, new) == ["T-2.margin: 0 → 1"]


def test_two_readings_of_one_claim_are_held_against_their_own_kind():
    old = [{"id": "T-1", "value": 1}, {"id": "T-1", "value": 2}]
    assert said(old, [{"id": "T-1", "value": 1}, {"id": "T-1", "value": 3}]) == ["T-1 (2).value: 2 → 3"]


def test_settings_written_as_json_are_looked_into():
    assert said('{"lr":0.1}', '{"lr":0.2}') == ["lr: 0.1 → 0.2"]


def test_values_that_were_recorded_without_names_are_paired_with_what_took_their_place():
    """Snakemake keeps a sorted list; a fingerprint, settings and a path have changed at once."""
    then = {"code": "0123456789ab", "claims": '{"a":1,"b":2}', "folder": "results/runs", "same": "[1]"}
    now = {"code": "ba9876543210", "claims": '{"a":1,"b":3}', "folder": "elsewhere/runs", "same": "[1]"}
    found = {each.name: (each.old, each.new) for each in replaced(sorted(map(repr, then.values())), now)}
    assert found == {name: (then[name], now[name]) for name in ("code", "claims", "folder")}


def test_a_parameter_that_is_new_had_nothing_before_and_one_that_went_has_nothing_now():
    (new,) = replaced([repr("[1]")], {"seeds": "[1]", "probes": json.dumps({})})
    assert (new.name, new.old, new.new) == ("probes", None, "{}")
    (gone,) = replaced([repr("[1]"), repr("{}")], {"seeds": "[1]"})
    assert (gone.old, gone.new) == ("{}", None)
