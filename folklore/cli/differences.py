"""Differences between two versions of the same settings, by key."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FINGERPRINT = re.compile(r"[0-9a-f]{12}")

_NOTHING = object()


@dataclass(frozen=True)
class Difference:
    key: str
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.key}: {_spelt(self.old)} → {_spelt(self.new)}"


@dataclass(frozen=True)
class Replaced:
    """A parameter of a rule whose value changed."""

    name: str
    old: Any  # None where there was none
    new: Any  # None where there is none


def replaced(recorded: Iterable[str], now: Mapping[str, Any]) -> list[Replaced]:
    """Pair old and new values by similarity: Snakemake records the values of parameters without their names."""
    recorded = list(recorded)
    current = set(map(repr, now.values()))
    gone = [ast.literal_eval(text) for text in recorded if text not in current]
    found = []
    for name, new in ((name, value) for name, value in now.items() if repr(value) not in recorded):
        old = max(gone, key=lambda value, new=new: _likeness(value, new), default=None)
        if old is not None:
            gone.remove(old)
        found.append(Replaced(name, old, new))
    return found + [Replaced("no longer there", old, None) for old in gone]


def differences(old: Any, new: Any, key: str = "") -> Iterator[Difference]:
    """Yield differences by dotted key; list entries with an `id` or a `name` are compared by it."""
    old, new = _read(old), _read(new)
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [*new, *(name for name in old if name not in new)]:
            path = f"{key}.{name}" if key else str(name)
            yield from differences(old.get(name, _NOTHING), new.get(name, _NOTHING), path)
    elif _named(old) and _named(new):
        yield from differences(_by_name(old), _by_name(new), key)
    elif old != new:
        yield Difference(key, old, new)


def _likeness(one: Any, other: Any) -> float:
    one, other = _read(one), _read(other)
    if type(one) is not type(other):
        return 0
    if isinstance(one, dict):
        return 1 + len(one.keys() & other.keys()) / max(len(one.keys() | other.keys()), 1)
    if isinstance(one, str):
        return 1 + (bool(FINGERPRINT.fullmatch(one)) == bool(FINGERPRINT.fullmatch(other)))
    return 1


def _read(value: Any) -> Any:
    """Parse a parameter that is JSON; return any other value as it is."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _named(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) and _name(item) for item in value)


def _by_name(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Map entries by name; number those whose name repeats, such as two readings of a claim."""
    found: dict[str, Any] = {}
    for item in items:
        name = _name(item)
        same = sum(other == name or other.startswith(f"{name} (") for other in found)
        found[f"{name} ({same + 1})" if same else name] = item
    return found


def _name(item: dict[str, Any]) -> str:
    return str(item.get("id") or item.get("name") or "")


def _spelt(value: Any) -> str:
    if value is _NOTHING or value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"
