"""Section: all that the report says about a study, written as JSON and read by both renderings."""

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
    marked: tuple[int, ...] = ()  # rows to set apart; the caption says why
    numeric: bool = True  # whether all columns but the first hold numbers


class Statement(StrictModel):
    """One sentence of the protocol, and the variants that it holds for; none named means all of them."""

    aspect: str
    text: str
    variants: tuple[str, ...] = ()


class Figure(StrictModel):
    name: str
    caption: str
    svg: str
    pdf: str
    sha256: str  # of the SVG, so that a figure drawn anew gives the section, and with it the report, a new content
    redraw: str


class DataOrigin(StrictModel):
    """What was learned from, and where it came from."""

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
    chosen: tuple[str, ...]  # a sentence a data set on the variant that validation chose
    selections: PageTable | None
    optimism: tuple[str, ...]  # a sentence for each choice on the test part
    diverged: tuple[str, ...]
    failures: tuple[Failure, ...] = ()
    published: PageTable | None
    figures: tuple[Figure, ...]
    verdicts: tuple[Verdict, ...]
    defects: tuple[Defect, ...]
    notes: tuple[str, ...]
    data: tuple[DataOrigin, ...]
    environments: tuple[str, ...]  # in which the runs were trained

    @property
    def stand_in(self) -> bool:
        return any(data.stand_in for data in self.data)

    @property
    def aspects(self) -> list[tuple[str, list[Statement]]]:
        """The protocol, with the statements on one aspect together."""
        return [(aspect, list(said)) for aspect, said in groupby(self.protocol, key=lambda statement: statement.aspect)]

    @property
    def judged(self) -> list[Verdict]:
        """A verdict for each claim, or part of one: under the corrected protocol where that was run."""
        corrected = {_claim(verdict) for verdict in self.verdicts if verdict.protocol == "corrected"}
        return [
            verdict for verdict in self.verdicts if verdict.protocol == "corrected" or _claim(verdict) not in corrected
        ]

    def judged_both_ways(self, defect: Defect) -> list[tuple[Verdict, Verdict]]:
        """The claims that a defect touches and that were judged both ways: as published, corrected."""
        touched = [verdict for verdict in self.verdicts if verdict.id in defect.affects]
        corrected = {_claim(verdict): verdict for verdict in touched if verdict.protocol == "corrected"}
        published = [verdict for verdict in touched if verdict.protocol == "as_published"]
        return [(verdict, corrected[_claim(verdict)]) for verdict in published if _claim(verdict) in corrected]

    def anchor(self, verdict: Verdict) -> str:
        """Where links to a verdict lead."""
        protocol = None if verdict.protocol == "corrected" else verdict.protocol
        named = [self.name, verdict.id, verdict.subclaim, protocol]
        return re.sub(r"[^A-Za-z0-9_]+", "-", "-".join(part for part in named if part))


class Provenance(StrictModel):
    """What is common to all sections: how the report was asked for, and from which code."""

    scale: str
    edition: str
    command: str
    code: str
    config: dict[str, Any] = {}
    failures: tuple[Failure, ...] = ()  # studies that have no section
    accepted: tuple[Acceptance, ...] = ()  # changes of code for which nothing was run anew


def failures_of(reasons: Mapping[str, str]) -> tuple[Failure, ...]:
    """Read failures from name → reason."""
    return tuple(Failure(name=name, reason=reason) for name, reason in reasons.items())


def score(verdicts: Iterable[Verdict]) -> dict[Ruling, int]:
    """How many of each ruling, the rulings that nobody received too."""
    rulings = [verdict.ruling for verdict in verdicts]
    return {ruling: rulings.count(ruling) for ruling in Ruling}


def _claim(verdict: Verdict) -> tuple[str, str | None]:
    return verdict.id, verdict.subclaim
