"""Plan: config.yaml and the studies, validated together and expanded into every run that they ask for."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from folklore.config import Config
from folklore.problems import UserError, unknown
from folklore.reading import validated
from folklore.recipes.identity import dataset_id, recipe_id, split_id
from folklore.recipes.images import no_images
from folklore.recipes.parentage import misfit, published_parent, unknown_layer
from folklore.recipes.recipe import Data, Parent, Recipe, ResolvedParent, Run
from folklore.reduction import within
from folklore.sources import with_source
from folklore.studies.claim import Best, Claim, Trend
from folklore.studies.noted import unnoted
from folklore.studies.references import unknown_names
from folklore.studies.study import Study, seeds_of
from folklore.studies.study_file import read_study
from folklore.studies.variants import Point, points


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
        """Probe → the variants of this scale that it is asked of."""
        return {probe: [name for name in self.variants if name in asked] for probe, asked in self.study.probes.items()}

    @property
    def claims(self) -> list[Claim]:
        """The claims with every variant that they speak of named: along a trend in order, beside a best one."""
        return [self._spelt_out(claim) for claim in self.study.claims]

    def _spelt_out(self, claim: Claim) -> Claim:
        if isinstance(claim, Trend) and isinstance(claim.over, str):
            return claim.model_copy(update={"over": self.along(claim.over)})
        if isinstance(claim, Best) and claim.among is None:
            return claim.model_copy(update={"among": tuple(self.variants)})
        return claim

    def along(self, axis: str) -> tuple[str, ...]:
        """The grid's variants by rising value of an axis; blocks keep the order of the study file."""
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


def plan(config: dict[str, Any], folder: Path) -> Plan:
    """Raises UserError with all faults of the config and of every study in the folder, a line each."""
    faults: list[str] = []
    settings = validated(Config, config, "config.yaml", faults) or Config()
    studies = {path.stem: read_study(path, faults) for path in sorted(folder.glob("*.yaml"))}
    chosen = list(studies) if settings.studies == "all" else list(settings.studies)
    faults.extend(f"config.yaml: studies: {unknown('study', name, studies)}" for name in chosen if name not in studies)
    book = _Book(settings, studies, faults)
    planned = {name: book.planned(name) for name in studies}
    for name, study in studies.items():
        faults.extend(unknown_names(name, study))
        recipes = {variant.name: variant.recipe for variant in planned[name].variants.values()}
        faults.extend(f"studies/{name}.yaml: {fault}" for fault in unnoted(study, planned[name].claims, recipes))
    if faults:
        raise UserError("\n".join(dict.fromkeys(faults)))
    asked = {name: planned[name] for name in studies if name in chosen}
    return Plan(settings, asked, book.recipes)


@dataclass
class _Book:
    """Variants of all studies, worked out when first asked for, since they may name one another."""

    config: Config
    studies: dict[str, Study]
    faults: list[str]
    recipes: dict[str, Recipe] = field(default_factory=dict)
    _points: dict[str, dict[str, Point]] = field(default_factory=dict)
    _budgets: dict[str, dict[str, int | None]] = field(default_factory=dict)
    _variants: dict[tuple[str, str], Variant | None] = field(default_factory=dict)

    def planned(self, name: str) -> PlannedStudy:
        study = self.studies[name]
        names = [*self.points_of(name), *study.reuse]
        variants = {variant: self.variant(name, variant, ()) for variant in names}
        found = {key: variant for key, variant in variants.items() if variant is not None}
        seeds = self.config.seeds or (study.demo.seeds if self.config.scale == "demo" else None) or study.seeds
        return PlannedStudy(name, study, found, seeds_of(seeds))

    def points_of(self, name: str) -> dict[str, Point]:
        if name not in self._points:
            self._points[name] = {point.name: point for point in points(self.studies[name], self.config.scale)}
        return self._points[name]

    def variant(self, study: str, name: str, asked_by: tuple[str, ...]) -> Variant | None:
        """None, with the fault noted, where the variant is wrong or leads back to itself."""
        key = (study, name)
        place = f"{study}/{name}"
        if place in asked_by:
            circle = " → ".join((*asked_by, place))
            self.faults.append(f"studies/{study}.yaml: variants that need one another: {circle}")
            return None
        if key not in self._variants:
            self._variants[key] = self._resolve(study, name, (*asked_by, place))
        return self._variants[key]

    def _resolve(self, study: str, name: str, trail: tuple[str, ...]) -> Variant | None:
        if name in self.studies[study].reuse:
            elsewhere, _, other = self.studies[study].reuse[name].partition("/")
            found = self._elsewhere(elsewhere, other, f"studies/{study}.yaml: reuse.{name}", trail)
            return found and Variant(name, found.recipe, {}, found.budget)
        point = self.points_of(study)[name]
        where = f"studies/{study}.yaml: variant {name!r}"
        recipe = validated(Recipe, point.blocks, where, self.faults)
        if recipe and self.config.scale == "reduced":
            recipe = within(recipe, self.studies[study].base, self.config.reduced)
        recipe = recipe and with_source(recipe, self.config.data, where, self.faults)
        recipe = recipe and self._with_parent(recipe, where, trail)
        if recipe is None:
            return None
        if fault := no_images(recipe) or unknown_layer(recipe):
            self.faults.append(f"{where}: {fault}")
            return None
        variant = Variant(name, recipe, point.axes, self._budget(study, name) or recipe.epochs)
        self.recipes[variant.id] = recipe
        return variant

    def _budget(self, study: str, name: str) -> int | None:
        if study not in self._budgets:
            published = points(self.studies[study], "full")
            self._budgets[study] = {point.name: point.blocks.get("epochs") for point in published}
        return self._budgets[study].get(name)

    def _with_parent(self, recipe: Recipe, where: str, trail: tuple[str, ...]) -> Recipe | None:
        if not isinstance(recipe.parent, Parent):
            return recipe
        found = self._elsewhere(recipe.parent.study, recipe.parent.variant, f"{where}: parent", trail)
        if found is None:
            return None
        if fault := misfit(recipe, found.recipe):
            named = f"{recipe.parent.study}/{recipe.parent.variant}"
            self.faults.append(f"{where}: parent {named} does not fit: {fault}")
            return None
        if published := published_parent(recipe, found.recipe):
            return recipe.model_copy(update={"parent": published})
        kept = recipe.parent.model_dump(exclude={"study", "variant", "official"})
        return recipe.model_copy(update={"parent": ResolvedParent(recipe=found.id, **kept)})

    def _elsewhere(self, study: str, name: str, where: str, trail: tuple[str, ...]) -> Variant | None:
        if study not in self.studies:
            self.faults.append(f"{where}: {unknown('study', study, self.studies)}")
            return None
        known = [*self.points_of(study), *self.studies[study].reuse]
        if name not in known:
            self.faults.append(f"{where}: {unknown(f'variant of {study}', name, known)}")
            return None
        return self.variant(study, name, trail)
