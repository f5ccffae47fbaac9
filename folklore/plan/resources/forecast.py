"""Forecast: the training time of a run, from the recorded times of earlier runs.

Files are read on demand, a few small ones per recipe, because every cluster job executes the Snakefile again.
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

# Multiply-adds per second of one slow core, assumed where nothing was recorded.
PACE = 5e9
# Factor by which a training run may exceed its forecast before it counts as hanging.
_MARGIN = {"recorded": 2, "similar": 3, "default": 3}
_START, _SHORTEST = 120, 10  # seconds until a job trains; least minutes of a time limit
_SEEDS, _RECIPES, _NEAREST = 3, 50, 3  # most seeds per recipe, recipes per kind, and recipes per forecast


@dataclass(frozen=True)
class Forecast:
    seconds: float  # of training
    source: Literal["recorded", "similar", "default"]

    def time_limit(self, attempt: int = 1) -> int:
        """Return the minutes that a job may take, in proportion to the attempt."""
        return attempt * max(_SHORTEST, ceil((_START + _MARGIN[self.source] * self.seconds) / 60))


@dataclass(frozen=True)
class RunHistory:
    folder: Path  # of all results
    recipes: Mapping[str, Recipe]  # by identity
    _known: dict[str, float | None] = field(default_factory=dict, repr=False)
    _paces: dict[tuple, list[tuple[float, float]]] = field(default_factory=dict, repr=False)

    def forecast(self, recipe: str) -> Forecast:
        """Use runs of the recipe, else runs of its kind with the most similar work, else the assumed pace."""
        if (seconds := self._recorded(recipe)) is not None:
            return Forecast(seconds, "recorded")
        macs = count_macs(self.recipes[recipe])
        if known := self._similar(_kind(self.recipes[recipe])):
            nearest = sorted(known, key=lambda entry: abs(log(entry[0] / macs)))[:_NEAREST]
            return Forecast(macs * median(pace for _, pace in nearest), "similar")
        return Forecast(macs / PACE, "default")

    def _recorded(self, recipe: str) -> float | None:
        """Return the median over a few seeds; None if no run has ended."""
        if recipe not in self._known:
            found = list(_seconds(self.folder / "runs" / recipe))
            self._known[recipe] = median(found) if found else None
        return self._known[recipe]

    def _similar(self, kind: tuple) -> list[tuple[float, float]]:
        """Return (multiply-adds, seconds per multiply-add) of recipes of a kind that have run."""
        if kind not in self._paces:
            found = self._paces[kind] = []
            for recipe in self._kinds[kind]:
                if (seconds := self._recorded(recipe)) and len(found) < _RECIPES:
                    macs = count_macs(self.recipes[recipe])
                    found.append((macs, seconds / macs))
        return self._paces[kind]

    @cached_property
    def _kinds(self) -> dict[tuple, list[str]]:
        kinds: dict[tuple, list[str]] = {}
        for identity, recipe in self.recipes.items():
            kinds.setdefault(_kind(recipe), []).append(identity)
        return kinds


def _kind(recipe: Recipe) -> tuple:
    """Return a key of recipes whose seconds per multiply-add should be similar."""
    return recipe.learner, recipe.model.name, recipe.data.name, recipe.trainable, recipe.dtype


def _seconds(folder: Path) -> Iterator[float]:
    """Yield the seconds of some runs of a recipe, skipping unreadable files."""
    for path in sorted(folder.glob("*/cost.json"))[:_SEEDS]:
        try:
            yield float(read_json(path)["seconds"])
        except (OSError, UserError, KeyError, TypeError, ValueError):
            continue
