"""What a fingerprint stood for can be told later, module by module."""

from folklore.provenance.code_record import changed_modules, record_code, recorded_code

BEFORE = {"package.job": "a", "package.helper": "b", "package.gone": "c"}
NOW = {"package.job": "a", "package.helper": "B", "package.new": "d"}


def test_what_was_recorded_is_told_and_what_was_not_is_nothing(tmp_path):
    record_code(tmp_path, {"0123": BEFORE})
    assert recorded_code(tmp_path, "0123") == BEFORE
    assert recorded_code(tmp_path, "4567") is None


def test_modules_that_changed_came_or_went_are_named():
    assert changed_modules(BEFORE, NOW) == ["package.gone", "package.helper", "package.new"]
    assert changed_modules(BEFORE, BEFORE) == []
