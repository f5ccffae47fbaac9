"""References inside a study: of claims, figures and published values to variants and axes, of defects to claims."""

from collections.abc import Iterator

from folklore.execution.errors import unknown
from folklore.plan.variants import expand_variants
from folklore.schema.claim import Best, Claim, Equivalent, Greater, NotTestable, Trend
from folklore.schema.study import Study


def unknown_names(name: str, study: Study) -> list[str]:
    """Return one line per reference to an unknown name; variants of any scale are known."""
    where = f"studies/{name}.yaml"
    variants = {point.name for scale in ("demo", "full") for point in expand_variants(study, scale)} | set(study.reuse)
    unknown_references = [
        *_unknown("variant or selection", _compared(study), variants | set(study.selections)),
        *_unknown("selection", _on_choices(study), set(study.selections)),
        *_unknown("variant", _variants_only(study), variants),
        *_unknown("single variant", (("demo.variants", name) for name in study.demo.variants), set(study.variants)),
    ]
    errors = [f"{where}: {error}" for error in unknown_references]
    for claim in study.claims:
        errors += [
            f"{where}: {claim.id}: {error}" for error in (*_axis_errors(study, claim), *_self_comparisons(claim))
        ]
    ids = {claim.id for claim in study.claims}
    affected = [(defect.id, claim) for defect in study.defects for claim in defect.affects]
    return errors + [
        f"{where}: {owner}: {unknown('claim', claim, ids)}" for owner, claim in affected if claim not in ids
    ]


def _unknown(kind: str, references: Iterator[tuple[str, str]], known: set[str]) -> list[str]:
    return [f"{owner}: {unknown(kind, name, known)}" for owner, name in references if name not in known]


def _compared(study: Study) -> Iterator[tuple[str, str]]:
    """Yield (key, variant or selection) of claims and published values."""
    for claim in study.claims:
        yield from ((claim.id, variant) for variant in claim.variants)
    yield from (("published", value.variant) for value in study.published)


def _on_choices(study: Study) -> Iterator[tuple[str, str]]:
    """Yield (key, selection) of claims on the choice of each seed."""
    for claim in study.claims:
        if not isinstance(claim, NotTestable) and claim.metric.choice:
            yield from ((claim.id, name) for name in claim.variants)


def _variants_only(study: Study) -> Iterator[tuple[str, str]]:
    """Yield (key, variant) of references that cannot be selections."""
    for claim in study.claims:
        if not isinstance(claim, NotTestable):
            yield from ((claim.id, term.other_variant) for term in claim.metric.terms if term.other_variant)
    for key, drawing in study.figures.items():
        yield from ((f"figures.{key}", variant) for variant in drawing.named)
    for probe, asked in study.probes.items():
        yield from ((f"probes.{probe}", variant) for variant in asked)
    for key, selection in study.selections.items():
        yield from ((f"selections.{key}", variant) for variant in selection.among or ())


def _axis_errors(study: Study, claim: Claim) -> list[str]:
    if not isinstance(claim, Trend) or not isinstance(claim.over, str):
        return []
    if claim.over not in study.axes:
        return [unknown("axis", claim.over, study.axes)]
    several = len(study.axes) > 1
    return ["the study has several axes; list the variants of the trend in order"] if several else []


def _self_comparisons(claim: Claim) -> Iterator[str]:
    """Yield errors of a claim that compares a variant with itself or with no other."""
    match claim:
        case Greater(of=of, than=than) if of == than:
            yield f"`of` and `than` are both {of!r}. Compare two variants"
        case Equivalent(of=of, than=than) if than in of:
            yield f"`than`: {than!r} is in `of` too. Compare with another variant"
        case Best(of=of, among=among) if among is not None and (absent := sorted(set(of).difference(among))):
            yield f"`of`: {', '.join(absent)} is not in `among`. Add it there"
        case Trend(over=tuple(names)) if len(set(names)) < max(len(names), 2):
            yield f"`over`: expected at least two different variants; got {', '.join(names)}"
