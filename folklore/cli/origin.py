"""Where a run that was never trained comes from: what the studies said the last time, and how its recipe differs."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from folklore.cli.checkout import Checkout
from folklore.cli.differences import differences
from folklore.execution.files import read_json
from folklore.plan.identity import recipe_settings
from folklore.schema.recipe import Recipe

VariantFacts = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Origins:
    place: Checkout

    def of(self, recipe: str, seed: str) -> tuple[str, ...]:
        """The kind of a cause, then its lines."""
        if recipe not in self.place.names:
            return "new", "a run that others start from, of a study that is not asked for"
        study, _, variant = self.place.names[recipe].partition("/")
        before = self._facts(study)
        if before is None:
            return "new", f"{study}: not run yet in edition {self.place.plan.config.edition}"
        if any(known["recipe"] == recipe for known in before.values()):
            return "new", f"{study}: seed {seed}"
        now = self.place.plan.recipes[recipe]
        if variant in before:
            return "recipe", f"{study}/{variant}", *_changes(before[variant]["settings"], now)
        nearest = min(before, key=lambda name: len(_changes(before[name]["settings"], now)))
        return "new", f"{study}/{variant}, beside {nearest}", *_changes(before[nearest]["settings"], now)

    def _facts(self, study: str) -> VariantFacts | None:
        return _read(self.place.edition / "tables" / study / "facts.json")


@cache
def _read(path: Path) -> VariantFacts | None:
    return read_json(path) if path.exists() else None


def _changes(before: dict[str, Any], now: Recipe) -> tuple[str, ...]:
    """Settings that both leave at their defaults are left out, and so a setting that is new since then is none."""
    try:
        old = recipe_settings(Recipe.model_validate(before))
    except ValidationError:
        return ("with settings then that there are no longer",)
    return tuple(map(str, differences(old, recipe_settings(now))))
