"""Plan: config.yaml and every study, expanded into variants and runs."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from folklore.plan.identity import dataset_id, recipe_id, split_id
from folklore.plan.selections import without_compared
from folklore.schema.claim import Best, Claim, Trend
from folklore.schema.config import Config
from folklore.schema.data import Data
from folklore.schema.figures import FigureSpec
from folklore.schema.recipe import Recipe, Run
from folklore.schema.selection import Selection
from folklore.schema.study import Study


@dataclass(frozen=True)
class Variant:
    name: str
    recipe: Recipe
    axes: dict[str, Any]  # axis → value, or name of the block; empty for a single variant
    budget: int | None  # epochs of the published protocol, whatever the scale

    @cached_property
    def id(self) -> str:
        return recipe_id(self.recipe)


@dataclass(frozen=True)
class PlannedStudy:
    name: str
    study: Study
    variants: dict[str, Variant]
    seeds: tuple[int, ...]

    @property
    def runs(self) -> list[Run]:
        return [Run(recipe=variant.id, seed=seed) for variant in self.variants.values() for seed in self.seeds]

    @property
    def probed(self) -> dict[str, list[str]]:
        """Return probe → variants of this scale that it examines."""
        return {probe: [name for name in self.variants if name in asked] for probe, asked in self.study.probes.items()}

    def shown(self, drawing: FigureSpec) -> list[str]:
        """Return the variants that a figure names; this scale may leave some out."""
        return [name for name in drawing.named if name in self.variants]

    @cached_property
    def claims(self) -> list[Claim]:
        """Return the claims with all variants named: along a trend in order, and every rival of `best`."""
        return [claim for claim, _ in self._resolved_claims]

    @cached_property
    def selections(self) -> dict[str, Selection]:
        """Return the study's selections, and narrowed ones without the variants that a claim compares them with."""
        narrowed = [selections for _, selections in self._resolved_claims]
        return self.study.selections | {name: one for selections in narrowed for name, one in selections.items()}

    @cached_property
    def _resolved_claims(self) -> list[tuple[Claim, dict[str, Selection]]]:
        claims = map(self._spelt_out, self.study.claims)
        return [without_compared(claim, self.study.selections, list(self.variants)) for claim in claims]

    def _spelt_out(self, claim: Claim) -> Claim:
        if isinstance(claim, Trend) and isinstance(claim.over, str):
            return claim.model_copy(update={"over": self.along(claim.over)})
        if isinstance(claim, Best) and claim.among is None:
            return claim.model_copy(update={"among": tuple(self.variants)})
        return claim

    def along(self, axis: str) -> tuple[str, ...]:
        """Return the grid's variants by rising value of an axis; named blocks keep the order of the study file."""
        grid = [variant for variant in self.variants.values() if axis in variant.axes]
        if all(isinstance(variant.axes[axis], int | float) for variant in grid):
            grid.sort(key=lambda variant: variant.axes[axis])
        return tuple(variant.name for variant in grid)


@dataclass(frozen=True)
class Plan:
    config: Config
    studies: dict[str, PlannedStudy]
    recipes: dict[str, Recipe]  # by identity; of all studies, since a parent may be any of them

    @cached_property
    def datasets(self) -> dict[str, Data]:
        return {dataset_id(recipe.data): recipe.data for recipe in self.recipes.values()}

    @cached_property
    def splits(self) -> dict[str, Data]:
        return {split_id(recipe.data): recipe.data for recipe in self.recipes.values()}
