"""Errors that the user can correct, and the sentence on an unknown name."""

from collections.abc import Iterable
from difflib import get_close_matches
from reprlib import Repr
from typing import Any

_LONGEST = 80  # characters of a value that a message quotes
_MOST = 40  # names that a message lists

_REPR = Repr()
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = _LONGEST
_REPR.maxlevel = 2


class UserError(Exception):
    """An error in the user's input or environment; printed as one message, without a traceback."""


def brief(value: Any) -> str:
    """Return the value as Python writes it; the middle of a long value is left out."""
    return _REPR.repr(value)


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Return one sentence on a name that does not exist: the nearest that does, and all of them, up to 40."""
    known = sorted(known)
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    more = f" and {len(known) - _MOST} more" if len(known) > _MOST else ""
    return f"no {kind} {brief(name)}; {hint}There are: {', '.join(known[:_MOST]) or 'none'}{more}"
