"""VariantResolver: the recipe of every variant; variants may name one another as parents or for reuse."""

from collections.abc import Callable
from dataclasses import dataclass, field

from folklore.execution.errors import unknown
from folklore.plan.data_source import with_source
from folklore.plan.model_checks import model_error
from folklore.plan.parents import parent_mismatch, resolved_edge, unknown_layer
from folklore.plan.plan import PlannedStudy, Variant
from folklore.plan.reduced_scale import scale_down
from folklore.plan.variants import RawVariant, expand_variants
from folklore.schema.config import Config
from folklore.schema.parents import Edge, Parents
from folklore.schema.recipe import Recipe
from folklore.schema.study import Study, seeds_of
from folklore.schema.validation import validated


@dataclass
class VariantResolver:
    """Resolves variants of all studies on first use, because variants may refer to one another."""

    config: Config
    studies: dict[str, Study]
    errors: list[str]
    content_of: Callable[[str], str]  # digest of the files at a path
    recipes: dict[str, Recipe] = field(default_factory=dict)
    _points: dict[str, dict[str, RawVariant]] = field(default_factory=dict)
    _budgets: dict[str, dict[str, int | None]] = field(default_factory=dict)
    _variants: dict[tuple[str, str], Variant | None] = field(default_factory=dict)

    def planned(self, name: str) -> PlannedStudy:
        study = self.studies[name]
        names = [*self.points_of(name), *study.reuse]
        variants = {variant: self.variant(name, variant, ()) for variant in names}
        found = {key: variant for key, variant in variants.items() if variant is not None}
        seeds = self.config.seeds or (study.demo.seeds if self.config.scale == "demo" else None) or study.seeds
        return PlannedStudy(name, study, found, seeds_of(seeds))

    def points_of(self, name: str) -> dict[str, RawVariant]:
        if name not in self._points:
            self._points[name] = {point.name: point for point in expand_variants(self.studies[name], self.config.scale)}
        return self._points[name]

    def variant(self, study: str, name: str, trail: tuple[str, ...]) -> Variant | None:
        """Return the variant, or None after appending an error, if it is invalid or refers to itself."""
        key = (study, name)
        label = f"{study}/{name}"
        if label in trail:
            circle = " → ".join((*trail, label))
            fix = "Remove one edge of `parents` or one `reuse`"
            self.errors.append(f"studies/{study}.yaml: circular variant reference: {circle}. {fix}")
            return None
        if key not in self._variants:
            self._variants[key] = self._resolve(study, name, (*trail, label))
        return self._variants[key]

    def _resolve(self, study: str, name: str, trail: tuple[str, ...]) -> Variant | None:
        if name in self.studies[study].reuse:
            elsewhere, _, other = self.studies[study].reuse[name].partition("/")
            found = self._elsewhere(elsewhere, other, f"studies/{study}.yaml: reuse.{name}", trail)
            return found and Variant(name, found.recipe, {}, found.budget)
        point = self.points_of(study)[name]
        where = f"studies/{study}.yaml: variant {name!r}"
        recipe = validated(Recipe, point.blocks, where, self.errors)
        if recipe and self.config.scale == "reduced":
            recipe = scale_down(recipe, self.studies[study].base, self.config.reduced)
        recipe = recipe and with_source(recipe, self.config.data, self.content_of, where, self.errors)
        recipe = recipe and self._with_parents(recipe, where, trail)
        if recipe is None:
            return None
        if error := model_error(recipe) or unknown_layer(recipe):
            self.errors.append(f"{where}: {error}")
            return None
        variant = Variant(name, recipe, point.axes, self._budget(study, name) or recipe.epochs)
        self.recipes[variant.id] = recipe
        return variant

    def _budget(self, study: str, name: str) -> int | None:
        if study not in self._budgets:
            published = expand_variants(self.studies[study], "full")
            self._budgets[study] = {point.name: point.blocks.get("epochs") for point in published}
        return self._budgets[study].get(name)

    def _with_parents(self, recipe: Recipe, where: str, trail: tuple[str, ...]) -> Recipe | None:
        """Return the recipe with the identity of a recipe in place of study and variant in each of its edges."""
        edges = {
            name: self._resolved(edge, recipe, f"{where}: parents.{name}", trail) if edge.study else edge
            for name, edge in recipe.parents.edges.items()
        }
        if None in edges.values():
            return None
        return recipe.model_copy(update={"parents": Parents(**edges)})

    def _resolved(self, edge: Edge, child: Recipe, where: str, trail: tuple[str, ...]) -> Edge | None:
        found = self._elsewhere(edge.study, edge.variant, where, trail)
        if found is None:
            return None
        if error := parent_mismatch(edge, child, found.recipe):
            self.errors.append(f"{where}: {edge.study}/{edge.variant} does not fit: {error}")
            return None
        return resolved_edge(edge, child, found.recipe, found.id)

    def _elsewhere(self, study: str, name: str, where: str, trail: tuple[str, ...]) -> Variant | None:
        if study not in self.studies:
            self.errors.append(f"{where}: {unknown('study', study, self.studies)}")
            return None
        known = [*self.points_of(study), *self.studies[study].reuse]
        if name not in known:
            self.errors.append(f"{where}: {unknown(f'variant of {study}', name, known)}")
            return None
        return self.variant(study, name, trail)
