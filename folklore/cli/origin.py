"""Why a run is new: how its recipe differs from the variants that its study had before."""

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
    checkout: Checkout

    def of(self, recipe: str, seed: str) -> tuple[str, ...]:
        """Return the kind of the cause, then its lines."""
        if recipe not in self.checkout.names:
            return "new", "parent of another run, of a study that is not selected"
        study, _, variant = self.checkout.names[recipe].partition("/")
        before = self._facts(study)
        if before is None:
            return "new", f"{study}: not run yet in {self.checkout.plan.config.edition}"
        if any(known["recipe"] == recipe for known in before.values()):
            return "new", f"{study}: seed {seed}"
        now = self.checkout.plan.recipes[recipe]
        if variant in before:
            return "recipe", f"{study}/{variant}", *_changes(before[variant]["settings"], now)
        nearest = min(before, key=lambda name: len(_changes(before[name]["settings"], now)))
        return "new", f"{study}/{variant}, beside {nearest}", *_changes(before[nearest]["settings"], now)

    def _facts(self, study: str) -> VariantFacts | None:
        return _read(self.checkout.edition / "tables" / study / "facts.json")


@cache
def _read(path: Path) -> VariantFacts | None:
    return read_json(path) if path.exists() else None


def _changes(before: dict[str, Any], now: Recipe) -> tuple[str, ...]:
    """Compare settings beyond their defaults, so that a new setting at its default is no change."""
    try:
        old = recipe_settings(Recipe.model_validate(before))
    except ValidationError:
        return ("previous recipe uses removed settings",)
    return tuple(map(str, differences(old, recipe_settings(now))))
