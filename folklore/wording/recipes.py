"""Describe the blocks of a recipe, completely enough to repeat a run without the code.

Blocks of one kind, one per variant, share one phrase: a value that all share stands once, different ones are listed.
"""

from collections.abc import Sequence
from typing import Any

from folklore.schema.phrased import Phrased
from folklore.schema.strict_model import StrictModel
from folklore.wording.numbers import setting
from folklore.wording.phrases import plain

_PARTLY = " (in some variants: see the table)"


def phrase(blocks: Sequence[Phrased]) -> str:
    """Return the phrase of the blocks' class with their settings; its plain name and settings if it states none."""
    if stated := type(blocks[0]).phrase:
        return stated.format_map(_Settings(blocks))
    return f"{plain(blocks[0].name).capitalize()}{settings_in_words(blocks)}."


def fold(values: Sequence[Any]) -> str:
    """Return the value that all share, or all of them in order."""
    distinct = list(dict.fromkeys(setting(value) for value in values))
    if len(distinct) == 1:
        return distinct[0]
    mark = "; " if any(", " in value for value in distinct) else ", "
    return f"{mark.join(distinct[:-1])} or {distinct[-1]} (by variant)"


def settings_in_words(blocks: Sequence[StrictModel]) -> str:
    """Return ` (depth 2, bias yes)`, empty for a block without settings."""
    keys = [key for key in type(blocks[0]).model_fields if key != "name"]
    return f" ({', '.join(f'{plain(key)} {said(blocks, key)}' for key in keys)})" if keys else ""


def said(blocks: Sequence[StrictModel], key: str) -> str:
    """Return the blocks' values of a setting, folded."""
    words = getattr(blocks[0], "words", {})
    values = [getattr(block, key) for block in blocks]
    return fold([words.get(value, value) if isinstance(value, str) else value for value in values])


class _Settings:
    def __init__(self, blocks: Sequence[Phrased]):
        self.blocks = blocks

    def __getitem__(self, key: str) -> "_Setting":
        return _Setting(self.blocks, key)


class _Setting:
    """One setting of all blocks, as `Phrased` says that a phrase writes it."""

    def __init__(self, blocks: Sequence[Phrased], key: str):
        self.blocks, self.key = blocks, key

    def __format__(self, texts: str) -> str:
        if not texts:
            return said(self.blocks, self.key)
        text, _, otherwise = texts.partition("|")
        changed = [getattr(block, self.key) != self._default for block in self.blocks]
        if not any(changed):
            return otherwise
        return text if all(changed) or not isinstance(self._default, bool) else _partly(text)

    @property
    def _default(self) -> Any:
        """The default of a setting; None for another attribute of the blocks."""
        field = type(self.blocks[0]).model_fields.get(self.key)
        return field and field.default


def _partly(text: str) -> str:
    """Mark the text as true of some variants, before the comma and blank that it ends with."""
    end = text.rstrip(", ")
    return f"{end}{_PARTLY}{text.removeprefix(end)}"
