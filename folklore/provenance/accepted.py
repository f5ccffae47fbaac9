"""Changes of code that were accepted without running anything anew: a log beside the results, shown by the report."""

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
    modules: str  # with blanks between them; empty where it was not recorded which they are
    before: str  # fingerprint of the code that made the outputs
    after: str  # and of the code that they are taken for now
    outputs: int  # files


def read_accepted(path: Path) -> list[Acceptance]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [Acceptance.model_validate(row) for row in csv.DictReader(handle)]


def in_short(accepted: Iterable[Acceptance]) -> list[Acceptance]:
    """One entry a decision and rule, though the code of many fingerprints was accepted by it."""
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
