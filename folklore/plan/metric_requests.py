"""Metric requests: every metric that a study's claims, selections, published values and figures name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from folklore.plan.identity import settings
from folklore.plan.plan import PlannedStudy
from folklore.provenance.canonical import canonical
from folklore.schema.claim import Claim, NotTestable
from folklore.schema.metric import Metric
from folklore.schema.selection import REPORTED_SCORES
from folklore.schema.study import Study


@dataclass(frozen=True)
class MetricRequest:
    where: str  # the key of the study file that names the metric
    metric: Metric
    names: tuple[str, ...]  # variants and selections
    each: bool = True  # False: a figure of all variants leaves a cell empty where a variant has no such number


def metric_requests(study: Study, claims: Iterable[Claim], variants: Sequence[str]) -> Iterator[MetricRequest]:
    """`claims` name all their variants; `variants` are those of one scale."""
    for claim in claims:
        if not isinstance(claim, NotTestable):
            yield MetricRequest(claim.id, claim.metric, claim.variants)
    for value in study.published:
        yield MetricRequest("published", value.metric, (value.variant,))
    yield from _by_selections(study, variants)
    for key, figure in study.figures.items():
        for metric in figure.named_metrics:
            yield MetricRequest(f"figures.{key}", metric, figure.named or tuple(variants), each=False)


def _by_selections(study: Study, variants: Sequence[str]) -> Iterator[MetricRequest]:
    """The criterion of each selection, and the scores that the report shows of its choice."""
    names = tuple(study.selections)
    for key, selection in study.selections.items():
        yield MetricRequest(f"selections.{key}", selection.by, selection.candidates(variants))
        yield MetricRequest(f"selections.{key}", selection.by, names, each=False)
        for metric in REPORTED_SCORES.values():
            yield MetricRequest(f"selections.{key}", metric, (key,))


def requested_metrics(planned: PlannedStudy) -> list[dict[str, Any]]:
    """Return each metric once, with all variants and selections of this scale for which something requests it.

    The result does not depend on the order of the claims and figures.
    """
    names: dict[Metric, set[str]] = {}
    for request in metric_requests(planned.study, planned.claims, list(planned.variants)):
        names.setdefault(request.metric, set()).update(request.names)
    order = [*planned.variants, *planned.selections]
    found = [
        {"metric": settings(metric), "names": [name for name in order if name in names[metric]]} for metric in names
    ]
    return sorted(found, key=canonical)
