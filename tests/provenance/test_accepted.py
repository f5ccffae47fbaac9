"""The log of accepted changes grows by what is accepted, and is told in short."""

from folklore.provenance.accepted import Acceptance, add_accepted, in_short, read_accepted

USUAL = Acceptance(
    date="2026-01-01",
    who="ann",
    reason="A comment, “quoted”.",
    rule="train_run",
    modules="folklore.x",
    before="a",
    after="b",
    outputs=2,
)


def entry(**said: object) -> Acceptance:
    return USUAL.model_copy(update=said)


def test_what_was_accepted_before_stays_and_what_is_new_comes_after(tmp_path):
    path = tmp_path / "accepted.csv"
    assert read_accepted(path) == []
    add_accepted(path, [entry()])
    add_accepted(path, [entry(reason="Another,\nof two lines.")])
    assert [each.reason for each in read_accepted(path)] == ["A comment, “quoted”.", "Another,\nof two lines."]


def test_one_decision_on_one_rule_is_told_once_with_all_its_files():
    accepted = [entry(), entry(before="c", after="d", outputs=4), entry(rule="probe_run")]
    assert [(each.rule, each.outputs) for each in in_short(accepted)] == [("train_run", 6), ("probe_run", 2)]
