"""References inside a study: of claims, figures and published values to variants and axes, of defects to claims."""

from collections.abc import Iterator

from folklore.claim import Claim, NotTestable, Trend
from folklore.problems import unknown
from folklore.study import Study
from folklore.variants import points


def unknown_names(name: str, study: Study) -> list[str]:
    """A line for each reference to nothing. What one scale leaves out exists all the same."""
    where = f"studies/{name}.yaml"
    known = {point.name for scale in ("demo", "full") for point in points(study, scale)} | set(study.reuse)
    known |= set(study.selections)
    faults = [
        f"{where}: {owner}: {unknown('variant', variant, known)}"
        for owner, variant in _variants_spoken_of(study)
        if variant not in known
    ]
    faults += [f"{where}: {claim.id}: {fault}" for claim in study.claims for fault in _axis_faults(study, claim)]
    ids = {claim.id for claim in study.claims}
    touched = [(defect.id, claim) for defect in study.defects for claim in defect.touches]
    return faults + [
        f"{where}: {owner}: {unknown('claim', claim, ids)}" for owner, claim in touched if claim not in ids
    ]


def _variants_spoken_of(study: Study) -> Iterator[tuple[str, str]]:
    """(where, variant)"""
    for claim in study.claims:
        yield from ((claim.id, variant) for variant in claim.variants)
        if not isinstance(claim, NotTestable) and claim.metric.beside:
            yield claim.id, claim.metric.beside
    for key, drawing in study.figures.items():
        yield from ((f"figures.{key}", variant) for variant in drawing.named)
    for key, selection in study.selections.items():
        yield from ((f"selections.{key}", variant) for variant in selection.among or ())
    yield from (("published", value.variant) for value in study.published)


def _axis_faults(study: Study, claim: Claim) -> list[str]:
    if not isinstance(claim, Trend) or not isinstance(claim.over, str):
        return []
    if claim.over not in study.axes:
        return [unknown("axis", claim.over, study.axes)]
    several = len(study.axes) > 1
    return ["the study has several axes; list the variants of the trend in order"] if several else []
