"""Writes what the report says about one study."""

from pathlib import Path

from folklore.analysis.evidence import Evidence
from folklore.execution.files import write_json
from folklore.execution.job_command import run_job
from folklore.report.section import compose, read_verdicts
from folklore.schema.study import Study


def write_section(
    name: str,
    study: dict,
    edition: str,
    scale: str,
    figures: dict,
    runs: Path,
    curves: Path,
    records: Path,
    facts: Path,
    verdicts: Path,
    section: Path,
) -> None:
    found = (Evidence.read(runs, curves, records, facts), read_verdicts(verdicts))
    said = compose(name, Study.model_validate(study), edition, scale, figures, *found)
    write_json(section, said.model_dump(mode="json"))


if __name__ == "__main__":
    run_job(write_section)
