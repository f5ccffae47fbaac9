"""Variant: a variant of a study as the report describes it."""

from dataclasses import dataclass
from typing import Any

from folklore.schema.recipe import Recipe


@dataclass(frozen=True)
class ReportedVariant:
    """A variant with its recipe and its facts, which need no training (facts.json)."""

    name: str
    recipe: Recipe
    facts: dict[str, Any]
