"""Files are read as YAML 1.2, and what cannot be read is named with file, line and column."""

import pytest

from folklore.execution.errors import UserError
from folklore.schema.yaml_file import read_yaml, read_yaml_value


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "NO", "y", "2024-01-01", "12:30", "1_000"])
def test_words_that_yaml_1_1_takes_for_something_else_are_text(word):
    assert read_yaml_value(f"{{{word}: {word}}}", "a") == {word: word}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1e-3", 1e-3),
        ("010", 10),
        ("0x1F", 31),
        ("0o17", 15),
        ("-.5", -0.5),
        ("+3", 3),
        ("1.", 1.0),
        ("-.inf", -float("inf")),
    ],
)
def test_numbers_are_those_of_yaml_1_2(written, value):
    read = read_yaml_value(written, "a")
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(("written", "value"), [("true", True), ("False", False), ("~", None), ("", None)])
def test_true_false_and_null_are_themselves(written, value):
    assert read_yaml_value(f"a: {written}", "a")["a"] is value


def test_quotes_make_text():
    assert read_yaml_value("a: '1'", "a") == {"a": "1"}


def test_a_merge_key_brings_in_what_its_mapping_does_not_say_itself():
    text = "one: &one {x: 1, y: 2}\ntwo: {<<: *one, y: 3}\nthree: {<<: [*one, {z: 4}]}"
    read = read_yaml_value(text, "a")
    assert (read["two"], read["three"]) == ({"x": 1, "y": 3}, {"x": 1, "y": 2, "z": 4})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "a.yaml: line 4, column 3: key 'c' is given twice"),
        ("a: 1\n\tb: 2\n", "a.yaml: line 2, column 1: found a tab character"),
        ("a: 1\nb: [1, 2\nc: 3\n", "while parsing a flow sequence from line 2"),
        ("a: 1\nb: *nowhere\n", "a.yaml: line 2, column 4: found undefined alias"),
        ("a: 1\nb: \0\n", "a.yaml: line 2: control characters are not allowed"),
        ("a: !!python/name:os.system\n", "a.yaml: line 1, column 4: could not determine a constructor"),
        ("[" * 5000, "a.yaml: line"),
        ("- a\n", "a.yaml: expected keys with values at the top level; got a list"),
        ("", "a.yaml: expected keys with values at the top level; got an empty file"),
    ],
    ids=["twice", "tab", "unclosed", "alias", "NUL", "tag", "deep", "list", "empty"],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path, text, message):
    path = tmp_path / "a.yaml"
    path.write_text(text)
    with pytest.raises(UserError) as raised:
        read_yaml(path, "a.yaml")
    assert message in str(raised.value)


def test_bytes_that_are_not_utf_8_and_a_folder_are_named(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(UserError, match="line 2: expected UTF-8 text; got the byte 0xff"):
        read_yaml(tmp_path / "a.yaml")
    with pytest.raises(UserError, match="cannot be read: Is a directory"):
        read_yaml(tmp_path)


def test_a_byte_order_mark_is_passed_over(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(tmp_path / "a.yaml") == {"a": 1}
