"""Code changes that a user accepted without rerunning jobs: a log in the results folder, shown in the report."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from folklore.execution.files import write_text
from folklore.schema.strict_model import StrictModel

NAME = "accepted.csv"


class Acceptance(StrictModel):
    date: str
    who: str
    reason: str
    rule: str
    modules: str  # separated by blanks; empty if the changed modules were not recorded
    before: str  # fingerprint of the code that made the outputs
    after: str  # of the present code, by which the outputs now count as made
    outputs: int  # files


def read_accepted(path: Path) -> list[Acceptance]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [Acceptance.model_validate(row) for row in csv.DictReader(handle)]


def in_short(accepted: Iterable[Acceptance]) -> list[Acceptance]:
    """Return one entry per decision and rule, which may have accepted many fingerprints."""
    found: dict[tuple[str, ...], Acceptance] = {}
    for entry in accepted:
        key = (entry.date, entry.who, entry.reason, entry.rule, entry.modules)
        before = found[key].outputs if key in found else 0
        found[key] = entry.model_copy(update={"outputs": before + entry.outputs})
    return list(found.values())


def add_accepted(path: Path, accepted: Iterable[Acceptance]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(Acceptance.model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(entry.model_dump() for entry in [*read_accepted(path), *accepted])
    write_text(path, text.getvalue())
