"""Forecast: how long a run will train, from what earlier runs took.

Read when asked, one small file a recipe and no walk through the results, since every job on a cluster reads the
Snakefile again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, log
from pathlib import Path
from statistics import median
from typing import Literal

from folklore.execution.errors import UserError
from folklore.execution.files import read_json
from folklore.plan.resources.work import count_macs
from folklore.schema.recipe import Recipe

# Multiply-adds a second of one slow core; where nothing was recorded.
PACE = 5e9
# How far a training may outlast its forecast before it is taken for one that hangs.
_MARGIN = {"recorded": 2, "similar": 3, "default": 3}
_START, _SHORTEST = 120, 10  # seconds until a job trains, minutes that a time limit has at least
_SEEDS, _RECIPES, _NEAREST = 3, 50, 3  # so many runs are looked at


@dataclass(frozen=True)
class Forecast:
    seconds: float  # of training
    source: Literal["recorded", "similar", "default"]

    def time_limit(self, attempt: int = 1) -> int:
        """Minutes that a job may take, longer with every attempt."""
        return attempt * max(_SHORTEST, ceil((_START + _MARGIN[self.source] * self.seconds) / 60))


@dataclass(frozen=True)
class RunHistory:
    folder: Path  # of all results
    recipes: Mapping[str, Recipe]  # by identity
    _known: dict[str, float | None] = field(default_factory=dict, repr=False)
    _paces: dict[tuple, list[tuple[float, float]]] = field(default_factory=dict, repr=False)

    def forecast(self, recipe: str) -> Forecast:
        """From runs of the recipe, else from those of its kind that are nearest in work, else by a stated pace."""
        if (seconds := self._recorded(recipe)) is not None:
            return Forecast(seconds, "recorded")
        amount = count_macs(self.recipes[recipe])
        if known := self._similar(_kind(self.recipes[recipe])):
            nearest = sorted(known, key=lambda entry: abs(log(entry[0] / amount)))[:_NEAREST]
            return Forecast(amount * median(pace for _, pace in nearest), "similar")
        return Forecast(amount / PACE, "default")

    def _recorded(self, recipe: str) -> float | None:
        """The median over a few seeds; None where no run has ended."""
        if recipe not in self._known:
            found = list(_seconds(self.folder / "runs" / recipe))
            self._known[recipe] = median(found) if found else None
        return self._known[recipe]

    def _similar(self, kind: tuple) -> list[tuple[float, float]]:
        """(work, seconds per multiply-add) of recipes of a kind that have run."""
        if kind not in self._paces:
            found = self._paces[kind] = []
            for recipe in self._kinds[kind]:
                if (seconds := self._recorded(recipe)) and len(found) < _RECIPES:
                    amount = count_macs(self.recipes[recipe])
                    found.append((amount, seconds / amount))
        return self._paces[kind]

    @cached_property
    def _kinds(self) -> dict[tuple, list[str]]:
        kinds: dict[tuple, list[str]] = {}
        for identity, recipe in self.recipes.items():
            kinds.setdefault(_kind(recipe), []).append(identity)
        return kinds


def _kind(recipe: Recipe) -> tuple:
    """Runs of a kind differ in the amount of their work alone, as far as that can be told."""
    return recipe.learner, recipe.model.name, recipe.data.name, recipe.trainable, recipe.precision


def _seconds(folder: Path) -> Iterator[float]:
    """Of some runs of a recipe; a file that cannot be read is no reason to stop."""
    for path in sorted(folder.glob("*/cost.json"))[:_SEEDS]:
        try:
            yield float(read_json(path)["seconds"])
        except (OSError, UserError, KeyError, TypeError, ValueError):
            continue
