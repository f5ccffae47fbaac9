"""Validation of file content against a model of the schema; each error reads `file: dotted.key: what is wrong`."""

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from folklore.execution.errors import brief, unknown
from folklore.schema.locations import dotted, member_name, names_a_type, settings_at
from folklore.schema.renamed import new_name, now_called

Kind = TypeVar("Kind", bound=BaseModel)

_EXPECTED = {"tuple_type": "a list", "dict_type": "keys with values", "model_type": "a block of settings"}


def validated(kind: type[Kind], content: Any, where: str, errors: list[str]) -> Kind | None:
    """Return the content as a model, or None after appending its errors."""
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        errors.extend(explain(error, kind, where))
        return None


def explain(error: ValidationError, root: type[BaseModel], where: str) -> list[str]:
    """Return one `where: dotted.path: what is wrong` per error."""
    errors = _of_the_meant_members(error.errors())
    renamed = {error["loc"][:-1] for error in errors if _now_called(root, error)}
    told = [error for error in errors if not _follows_from_others(error, renamed)]
    return [f"{where}: {dotted(root, error['loc'])}{_sentence(root, error)}" for error in told]


def _follows_from_others(error: ErrorDetails, renamed: set[tuple]) -> bool:
    """Return True for a missing new name next to the old one, and for a list that is short of its invalid items."""
    short_of_items = error["type"] == "too_short" and len(error["input"]) > 0
    return short_of_items or (error["type"] == "missing" and error["loc"][:-1] in renamed)


def _of_the_meant_members(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what a union's other members say, where one of the kind of the input says something."""
    meant = [error for error in errors if not _of_another_kind(error)]
    prefixes = {error["loc"][:length] for error in meant for length in range(len(error["loc"]) + 1)}
    return [error for error in errors if error in meant or error["loc"][:-1] not in prefixes]


def _of_another_kind(error: ErrorDetails) -> bool:
    """Return True where a union's member expects a block, a list or a scalar, and the input is another of the three."""
    member = member_name(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "model_type":
        return member == error["ctx"]["class_name"] and not isinstance(error["input"], dict)
    if error["type"] in ("tuple_type", "dict_type"):
        return names_a_type(member) and not isinstance(error["input"], dict if error["type"] == "dict_type" else list)
    is_scalar = error["type"] not in ("missing", "extra_forbidden", "value_error", "too_short")
    return is_scalar and names_a_type(member) and isinstance(error["input"], dict | list)


def _sentence(root: type[BaseModel], error: ErrorDetails) -> str:
    location, got = error["loc"], brief(error["input"])
    if renamed := _now_called(root, error):
        return renamed
    if error["type"] == "extra_forbidden":
        return unknown("setting", str(location[-1]), settings_at(root, location[:-1]))
    if error["type"] in ("union_tag_invalid", "literal_error"):
        return _not_allowed(error)
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "union_tag_not_found":
        return f"needs {error['ctx']['discriminator']}; got {got}"
    if error["type"] in _EXPECTED:
        return f"expected {_EXPECTED[error['type']]}; got {got}"
    if error["type"] == "too_short":
        return f"expected at least {error['ctx']['min_length']} item; got {error['ctx']['actual_length']}"
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    if error["type"] == "string_type" and isinstance(error["input"], bool | int | float):
        return f"expected text; got {got}. Put it in quotes"
    return f"{_lower(error['msg'])}; got {got}"


def _now_called(root: type[BaseModel], error: ErrorDetails) -> str | None:
    """Return the sentence on a setting or value that has a new name, or None."""
    if error["type"] == "extra_forbidden":
        old, allowed = str(error["loc"][-1]), settings_at(root, error["loc"][:-1])
    elif error["type"] in ("union_tag_invalid", "literal_error"):
        old, allowed = str(error["ctx"].get("tag", error["input"])), _allowed(error)
    else:
        return None
    new = new_name(old, allowed)
    return new and now_called(old, new)


def _allowed(error: ErrorDetails) -> list[str]:
    listed = error["ctx"].get("expected_tags") or error["ctx"]["expected"]
    return [name.strip(" '") for name in listed.replace(" or ", ", ").split(",")]


def _not_allowed(error: ErrorDetails) -> str:
    allowed = _allowed(error)
    name = str(error["ctx"].get("tag", error["input"]))
    near = get_close_matches(name, allowed, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"got {brief(name)}; {hint}Allowed: {', '.join(allowed)}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
