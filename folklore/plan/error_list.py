"""Errors of a plan, each listed once however many variants share it."""

import re
from collections.abc import Iterable

_MOST = 3  # variants that a line names

_OF_VARIANT = re.compile(r"""(?P<file>studies/[^:]+): variant (?P<name>'[^']*'|"[^"]*"): (?P<rest>.*)""")


def listed_once(errors: Iterable[str]) -> list[str]:
    """Return the errors in order, each once; one that several variants of a study share names three of them."""
    variants: dict[tuple[str, str], dict[str, None]] = {}
    for error in errors:
        match = _OF_VARIANT.fullmatch(error)
        found = variants.setdefault((match["file"], match["rest"]) if match else (error, ""), {})
        if match:
            found[match["name"]] = None
    return [_line(*key, list(names)) if names else key[0] for key, names in variants.items()]


def _line(file: str, rest: str, names: list[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"{file}: variant{'s'[: len(names) > 1]} {', '.join(names[:_MOST])}{more}: {rest}"
