"""Phrases by name; a name without a phrase, as a plug-in may bring, is written plainly."""

from collections.abc import Mapping


def plain(name: object) -> str:
    """Return the name as words: `my_model` → `my model`."""
    return str(name).replace("_", " ")


def in_plain_words(name: object, phrases: Mapping[str, str]) -> str:
    """Return the phrase of the name, or the plain name."""
    return phrases[name] if name in phrases else plain(name)
