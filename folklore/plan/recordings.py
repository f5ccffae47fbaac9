"""Whether the runs note what is read of them: what a claim or figure takes from a recorder or a probe must be there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from folklore.plan.metric_requests import metric_requests
from folklore.schema.claim import Claim
from folklore.schema.figure import FigureSpec, Histograms, SeriesFigure, SnapshotFigure
from folklore.schema.recipe import Recipe
from folklore.schema.selection import Selection
from folklore.schema.snapshot import OF_ANY_LEARNER, ProbeName, RecorderName, Series
from folklore.schema.study import Study


@dataclass(frozen=True)
class _Reading:
    """Something reads what a recorder or a probe notes of some variants: of each of them, or of those that have it."""

    where: str
    noter: RecorderName | ProbeName
    variants: Sequence[str]
    each: bool = True


def missing_recordings(
    study: Study, claims: Iterable[Claim], selections: Mapping[str, Selection], recipes: Mapping[str, Recipe]
) -> list[str]:
    """Return one line per recorder or probe that something reads and no run has.

    `claims` name all their variants; `recipes` are those of one scale. References to other variants are ignored.
    """
    noted = {
        variant: {*recipe.record, *(probe for probe, asked in study.probes.items() if variant in asked)}
        for variant, recipe in recipes.items()
    }
    faults = list(_without_network(study, recipes))
    for reading in (*_by_metrics(study, claims, selections, list(recipes)), *_by_figures(study, list(recipes))):
        lacking = [name for name in reading.variants if name in noted and reading.noter not in noted[name]]
        if lacking and (reading.each or len(lacking) == len(reading.variants)):
            faults.append(f"{reading.where}: {_said(reading.noter, lacking)}")
    return list(dict.fromkeys(faults))


def _said(noter: str, lacking: list[str]) -> str:
    whose = ", ".join(map(repr, lacking))
    if noter in get_args(ProbeName):
        return f"reads the probe {noter!r}, which is not asked of {whose}; name what it is asked of in `probes.{noter}`"
    return f"reads the recorder {noter!r}, which is not recorded by {whose}; add it to `record`, in `base` or there"


def _without_network(study: Study, recipes: Mapping[str, Recipe]) -> Iterator[str]:
    asked_of_networks = {probe: asked for probe, asked in study.probes.items() if probe not in OF_ANY_LEARNER}
    for probe, asked in asked_of_networks.items():
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
            for noter in (*series, *snapshots):
                yield _Reading(request.where, noter, [*dict.fromkeys(read)], request.each)


def _behind(name: str, selections: Mapping[str, Selection], every: list[str]) -> Sequence[str]:
    """Return all variants that a selection may choose; a variant itself."""
    return selections[name].candidates(every) if name in selections else [name]


def _by_figures(study: Study, every: list[str]) -> Iterator[_Reading]:
    """A figure of all variants shows those that have something to show."""
    for key, drawing in study.figures.items():
        if noter := _noter(drawing):
            yield _Reading(f"figures.{key}", noter, drawing.named or every, each=bool(drawing.named))


def _noter(drawing: FigureSpec) -> RecorderName | ProbeName | None:
    match drawing:
        case SnapshotFigure() | SeriesFigure():
            return drawing.recorder
        case Histograms():
            return "logits"
    return drawing.shows
