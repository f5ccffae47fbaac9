"""Checks that runs record, and probes compute, the numbers that claims and figures read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from folklore.plan.metric_requests import metric_requests
from folklore.schema.claim import Claim
from folklore.schema.metric import Score
from folklore.schema.objectives import CrossEntropy
from folklore.schema.probes import PROBES
from folklore.schema.recipe import Recipe
from folklore.schema.recorders import RECORDERS
from folklore.schema.selection import Selection
from folklore.schema.snapshot import Series
from folklore.schema.study import Study


@dataclass(frozen=True)
class _Reading:
    """A claim or figure reads a recorder or probe of each of some variants, or of those that have it."""

    where: str
    needed: str  # a recorder, a probe, or one of `_further`
    variants: Sequence[str]
    each: bool = True


def missing_recordings(
    study: Study, claims: Iterable[Claim], selections: Mapping[str, Selection], recipes: Mapping[str, Recipe]
) -> list[str]:
    """Return one line per recorder or probe that something reads and no run has.

    `claims` name all their variants; `recipes` are those of one scale. References to other variants are ignored.
    """
    noted = {
        variant: {
            *recipe.record,
            *(probe for probe, asked in study.probes.items() if variant in asked),
            *_further(recipe),
        }
        for variant, recipe in recipes.items()
    }
    errors = list(_without_network(study, recipes))
    for reading in (*_by_metrics(study, claims, selections, list(recipes)), *_by_figures(study, list(recipes))):
        lacking = [name for name in reading.variants if name in noted and reading.needed not in noted[name]]
        if lacking and (reading.each or len(lacking) == len(reading.variants)):
            errors.append(f"{reading.where}: {_sentence(reading.needed, lacking)}")
    return list(dict.fromkeys(errors))


def _further(recipe: Recipe) -> Iterator[str]:
    """Yield what only some recipes leave: checkpoints and the curve of an objective other than the cross-entropy."""
    yield from map(_checkpoint, recipe.checkpoints)
    if recipe.objective != CrossEntropy():
        yield _OBJECTIVE


def _checkpoint(name: str) -> str:
    return f"checkpoint {name!r}"


_OBJECTIVE = "curve 'objective'"


def _sentence(needed: str, lacking: list[str]) -> str:
    whose = ", ".join(map(repr, lacking))
    if needed in PROBES:
        return f"needs probe {needed!r} on {whose}. Add the variants to `probes.{needed}`"
    if needed in RECORDERS:
        return f"needs recorder {needed!r} in {whose}. Add it to `record`, in `base` or in the variants"
    if needed == _OBJECTIVE:
        return f"needs the {needed} of {whose}, where the cross-entropy is minimised. Read `running_loss`"
    fix = "Add `stop` to the recipe" if needed == _checkpoint("stopped") else "Read the checkpoint `last`"
    return f"needs the {needed} of {whose}, which leaves no such checkpoint. {fix}"


def _without_network(study: Study, recipes: Mapping[str, Recipe]) -> Iterator[str]:
    for_networks = {probe: asked for probe, asked in study.probes.items() if PROBES[probe].needs_network}
    for probe, asked in for_networks.items():
        for variant in asked:
            if variant in recipes and recipes[variant].learner != "gradient_descent":
                yield (
                    f"probes.{probe}: variant {variant!r} has no network to ask, its model is "
                    f"{recipes[variant].model.name!r}; leave it out"
                )


def _by_metrics(
    study: Study, claims: Iterable[Claim], selections: Mapping[str, Selection], every: list[str]
) -> Iterator[_Reading]:
    for request in metric_requests(study, claims, every):
        variants = [variant for name in request.names for variant in _behind(name, selections, every)]
        for term in request.metric.terms:
            series = [term.of.recorder] if isinstance(term.of, Series) else []
            snapshots = [snapshot.producer for snapshot in (term.snapshot, term.to) if snapshot]
            read = [*variants, *([term.other_variant] if term.other_variant else [])]
            for producer in (*series, *snapshots):
                yield _Reading(request.where, producer, [*dict.fromkeys(read)], request.each)
            if term.name in get_args(Score):
                yield _Reading(request.where, _checkpoint(term.checkpoint), variants, request.each)
            if term.of == "objective":
                yield _Reading(request.where, _OBJECTIVE, variants, request.each)


def _behind(name: str, selections: Mapping[str, Selection], every: list[str]) -> Sequence[str]:
    """Return all variants that a selection may choose; a variant itself."""
    return selections[name].candidates(every) if name in selections else [name]


def _by_figures(study: Study, every: list[str]) -> Iterator[_Reading]:
    """Yield the readings of figures; a figure without `variants` shows the variants that have the numbers."""
    for key, drawing in study.figures.items():
        if "objective" in drawing.curves:
            yield _Reading(f"figures.{key}", _OBJECTIVE, drawing.named or every, each=False)
        if drawing.producer:
            yield _Reading(f"figures.{key}", drawing.producer, drawing.named or every, each=bool(drawing.named))
