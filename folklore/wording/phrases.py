"""Phrases by name, and lists of names; a name without a phrase, as a plug-in may bring, is written plainly."""

from collections.abc import Iterable, Mapping, Sequence


def plain(name: object) -> str:
    """Return the name as words: `my_model` → `my model`."""
    return str(name).replace("_", " ")


def in_plain_words(name: object, phrases: Mapping[str, str]) -> str:
    """Return the phrase of the name, or the plain name."""
    return phrases[name] if name in phrases else plain(name)


def quoted(names: Iterable[str]) -> list[str]:
    return [f"“{name}”" for name in names]


def listed(names: Sequence[str]) -> str:
    """Return `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
