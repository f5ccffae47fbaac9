"""Phrased: a block of a recipe that states its own sentence for the report."""

from collections.abc import Mapping
from typing import ClassVar

from folklore.schema.strict_model import StrictModel


class Phrased(StrictModel):
    """`phrase` is a format string over the attributes of the block, filled in by folklore/wording/recipes.py.

    `{hidden}` is the value. `{dropout:, dropout {dropout}}` is the text after the colon where the value differs from
    its default, or a property from None. `{momentum:with momentum {momentum}|without}` has another text for defaults.
    """

    phrase: ClassVar[str | None] = None  # None: the report writes the block's name and settings
    words: ClassVar[Mapping[str, str]] = {}  # value of a setting → the report's words for it, where they differ
