"""Locations of pydantic's errors, as the keys that the user wrote, and the settings that are allowed there."""

import re
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

_SCALARS = ("str", "int", "float", "constrained-int", "constrained-float")

# A model with validators, as pydantic names it among the members of a union.
_VALIDATED = re.compile(r"function-\w+\[.*, (\w+)\]")


def dotted(root: type[BaseModel], location: tuple) -> str:
    """Return the dotted key and a colon, without the tags that pydantic adds for unions; empty for the root."""
    parts, at = [], root
    for step in location:
        following, is_tag = _descend(at, step)
        if not is_tag:
            parts.append(str(step))
        at = following
    return ".".join(parts) + (": " if parts else "")


def settings_at(root: type[BaseModel], location: tuple) -> list[str]:
    at = root
    for step in location:
        at, _ = _descend(at, step)
    return sorted({name for block in _blocks(_members(at)) for name in block.model_fields})


def member_name(step: Any) -> str:
    """Return the class in a step that names a member of a union; other steps as text."""
    match = _VALIDATED.fullmatch(str(step))
    return match[1] if match else str(step)


def names_a_type(step: Any) -> bool:
    """Return True for the name that pydantic gives to a list, a mapping or a scalar among the members of a union."""
    return str(step).startswith(("tuple[", "dict[", "literal[")) or step in _SCALARS


def _descend(at: Any, step: Any) -> tuple[Any, bool]:
    """Return the annotation under one step of a location, and whether the step only names a member of a union."""
    members = _members(at)
    for block in _blocks(members) if len(members) > 1 else ():
        if member_name(step) in (*_tags(block), block.__name__):
            return block, True
    for block in _blocks(members):
        if step in block.model_fields:
            return block.model_fields[step].annotation, False
    for member in members:
        if get_origin(member) is (tuple if isinstance(step, int) else dict) and not names_a_type(step):
            return get_args(member)[0 if isinstance(step, int) else 1], False
    return Any, isinstance(step, str) and not (members and members[0] is Any)


def _members(at: Any) -> list[Any]:
    """Return the members of a union, None left out; anything else alone."""
    if get_origin(at) is Annotated:
        return _members(get_args(at)[0])
    if get_origin(at) in (Union, types.UnionType):
        return [inner for member in get_args(at) if member is not types.NoneType for inner in _members(member)]
    return [at]


def _blocks(members: list[Any]) -> list[type[BaseModel]]:
    return [member for member in members if isinstance(member, type) and issubclass(member, BaseModel)]


def _tags(block: type[BaseModel]) -> list[str]:
    """Return the values of `name`, `test` or `kind` that select this model in a union."""
    chooser = next((block.model_fields[key] for key in ("name", "test", "kind") if key in block.model_fields), None)
    return list(get_args(chooser.annotation)) if chooser and get_origin(chooser.annotation) is Literal else []
