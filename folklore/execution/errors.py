"""Errors that the user can correct, and the sentence on an unknown name."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """An error in the user's input or environment; printed as one message, without a traceback."""


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """One sentence on a name that does not exist: the nearest that does, and all of them."""
    known = sorted(known)
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"no {kind} {name!r}; {hint}There are: {', '.join(known) or 'none'}"
