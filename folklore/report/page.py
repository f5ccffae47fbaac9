"""Section: the report's content on one study, written as JSON and read by both renderers."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from folklore.provenance.accepted import Acceptance
from folklore.schema.strict_model import StrictModel
from folklore.schema.study import Defect
from folklore.schema.verdict import Ruling, Verdict


class PageTable(StrictModel):
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: tuple[int, ...] = ()  # highlighted rows; the caption gives the reason
    numeric: bool = True  # whether all columns but the first hold numbers


class Statement(StrictModel):
    """One sentence of the protocol, and the variants that it applies to; an empty tuple means all."""

    aspect: str
    text: str
    variants: tuple[str, ...] = ()


class Figure(StrictModel):
    name: str
    caption: str
    svg: str
    pdf: str
    sha256: str  # of the SVG: a redrawn figure changes the section, and with it the report
    redraw: str


class DescribedDataset(StrictModel):
    """A dataset with its origin."""

    name: str
    source: str
    stand_in: bool
    description: str
    licence: str
    origin: tuple[str, ...]
    sha256: str
    splits: tuple[str, ...]


class Failure(StrictModel):
    """Something that the report lacks because a job failed."""

    name: str
    reason: str


class Section(StrictModel):
    name: str
    title: str
    question: str
    reference: str
    scale: str
    edition: str
    protocol: tuple[Statement, ...]
    variants: PageTable
    layers: tuple[PageTable, ...]
    results: PageTable
    chosen: tuple[str, ...]  # one sentence per dataset on the variant with the best validation accuracy
    selections: PageTable | None
    optimism: tuple[str, ...]  # one sentence per selection on the test set
    diverged: tuple[str, ...]
    failures: tuple[Failure, ...] = ()
    published: PageTable | None
    figures: tuple[Figure, ...]
    verdicts: tuple[Verdict, ...]
    defects: tuple[Defect, ...]
    notes: tuple[str, ...]
    data: tuple[DescribedDataset, ...]
    environments: tuple[str, ...]  # in which the runs were trained

    @property
    def stand_in(self) -> bool:
        return any(data.stand_in for data in self.data)

    @property
    def aspects(self) -> list[tuple[str, list[Statement]]]:
        """Return the statements of the protocol, grouped by aspect."""
        return [(aspect, list(said)) for aspect, said in groupby(self.protocol, key=lambda statement: statement.aspect)]

    @property
    def judged(self) -> list[Verdict]:
        """Return one verdict per claim or subclaim: under the corrected protocol if it was run."""
        corrected = {_claim(verdict) for verdict in self.verdicts if verdict.protocol == "corrected"}
        return [
            verdict for verdict in self.verdicts if verdict.protocol == "corrected" or _claim(verdict) not in corrected
        ]

    def judged_both_ways(self, defect: Defect) -> list[tuple[Verdict, Verdict]]:
        """Return (as published, corrected) verdicts of the claims that a defect affects."""
        touched = [verdict for verdict in self.verdicts if verdict.id in defect.affects]
        corrected = {_claim(verdict): verdict for verdict in touched if verdict.protocol == "corrected"}
        published = [verdict for verdict in touched if verdict.protocol == "as_published"]
        return [(verdict, corrected[_claim(verdict)]) for verdict in published if _claim(verdict) in corrected]

    def anchor(self, verdict: Verdict) -> str:
        """Return the link target of a verdict."""
        protocol = None if verdict.protocol == "corrected" else verdict.protocol
        named = [self.name, verdict.id, verdict.subclaim, protocol]
        return re.sub(r"[^A-Za-z0-9_]+", "-", "-".join(part for part in named if part))


class Provenance(StrictModel):
    """Command, code and configuration of the report."""

    scale: str
    edition: str
    command: str
    code: str
    config: dict[str, Any] = {}
    failures: tuple[Failure, ...] = ()  # studies that have no section
    accepted: tuple[Acceptance, ...] = ()  # code changes without a rerun


def failures_of(reasons: Mapping[str, str]) -> tuple[Failure, ...]:
    """Read failures from name → reason."""
    return tuple(Failure(name=name, reason=reason) for name, reason in reasons.items())


def score(verdicts: Iterable[Verdict]) -> dict[Ruling, int]:
    """Return the number of verdicts per ruling, zeros included."""
    rulings = [verdict.ruling for verdict in verdicts]
    return {ruling: rulings.count(ruling) for ruling in Ruling}


def _claim(verdict: Verdict) -> tuple[str, str | None]:
    return verdict.id, verdict.subclaim
