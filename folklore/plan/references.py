"""References inside a study: of claims, figures and published values to variants and axes, of defects to claims."""

from collections.abc import Iterator

from folklore.execution.errors import unknown
from folklore.plan.variants import expand_variants
from folklore.schema.claim import Best, Claim, Equivalent, Greater, NotTestable, Trend
from folklore.schema.study import Study


def unknown_names(name: str, study: Study) -> list[str]:
    """A line for each reference to nothing. What one scale leaves out exists all the same."""
    where = f"studies/{name}.yaml"
    variants = {point.name for scale in ("demo", "full") for point in expand_variants(study, scale)} | set(study.reuse)
    spoken_of = [
        *_unknown("variant or selection", _compared(study), variants | set(study.selections)),
        *_unknown("selection", _choosers(study), set(study.selections)),
        *_unknown("variant", _shown(study), variants),
        *_unknown("single variant", (("demo.variants", name) for name in study.demo.variants), set(study.variants)),
    ]
    faults = [f"{where}: {fault}" for fault in spoken_of]
    for claim in study.claims:
        faults += [
            f"{where}: {claim.id}: {fault}" for fault in (*_axis_faults(study, claim), *_self_comparisons(claim))
        ]
    ids = {claim.id for claim in study.claims}
    touched = [(defect.id, claim) for defect in study.defects for claim in defect.affects]
    return faults + [
        f"{where}: {owner}: {unknown('claim', claim, ids)}" for owner, claim in touched if claim not in ids
    ]


def _unknown(kind: str, spoken_of: Iterator[tuple[str, str]], known: set[str]) -> list[str]:
    return [f"{owner}: {unknown(kind, name, known)}" for owner, name in spoken_of if name not in known]


def _compared(study: Study) -> Iterator[tuple[str, str]]:
    """(where, variant or selection)"""
    for claim in study.claims:
        yield from ((claim.id, variant) for variant in claim.variants)
    yield from (("published", value.variant) for value in study.published)


def _choosers(study: Study) -> Iterator[tuple[str, str]]:
    """(where, selection) of claims on how each seed chooses."""
    for claim in study.claims:
        if not isinstance(claim, NotTestable) and claim.metric.choice:
            yield from ((claim.id, name) for name in claim.variants)


def _shown(study: Study) -> Iterator[tuple[str, str]]:
    """(where, variant)"""
    for claim in study.claims:
        if not isinstance(claim, NotTestable):
            yield from ((claim.id, term.other_variant) for term in claim.metric.terms if term.other_variant)
    for key, drawing in study.figures.items():
        yield from ((f"figures.{key}", variant) for variant in drawing.named)
    for probe, asked in study.probes.items():
        yield from ((f"probes.{probe}", variant) for variant in asked)
    for key, selection in study.selections.items():
        yield from ((f"selections.{key}", variant) for variant in selection.among or ())


def _axis_faults(study: Study, claim: Claim) -> list[str]:
    if not isinstance(claim, Trend) or not isinstance(claim.over, str):
        return []
    if claim.over not in study.axes:
        return [unknown("axis", claim.over, study.axes)]
    several = len(study.axes) > 1
    return ["the study has several axes; list the variants of the trend in order"] if several else []


def _self_comparisons(claim: Claim) -> Iterator[str]:
    """Yield what no numbers could support or refute: a variant compared with itself, or with none."""
    match claim:
        case Greater(of=of, than=than) if of == than:
            yield f"`of` and `than` are both {of!r}. Compare two variants"
        case Equivalent(of=of, than=than) if than in of:
            yield f"`than`: {than!r} is in `of` too. Compare with another variant"
        case Best(of=of, among=among) if among is not None and (absent := sorted(set(of).difference(among))):
            yield f"`of`: {', '.join(absent)} is not in `among`. Add it there"
        case Trend(over=tuple(names)) if len(set(names)) < max(len(names), 2):
            yield f"`over`: expected at least two different variants; got {', '.join(names)}"
