"""Writes the report's section about one study."""

from pathlib import Path

from folklore.analysis.csv_tables import read_table
from folklore.analysis.metrics_table import MetricsTable
from folklore.execution.files import read_json, write_json
from folklore.execution.job_command import run_job
from folklore.report.page import failures_of
from folklore.report.section import compose, read_verdicts
from folklore.schema.study import Study


def write_section(
    name: str,
    study: dict,
    edition: str,
    scale: str,
    figures: dict,
    failures: dict,
    runs: Path,
    facts: Path,
    metrics: Path,
    verdicts: Path,
    section: Path,
) -> None:
    tables = (read_table(runs), read_json(facts), MetricsTable.read(metrics), read_verdicts(verdicts))
    composed = compose(name, Study.model_validate(study), edition, scale, figures, failures_of(failures), *tables)
    write_json(section, composed.model_dump(mode="json"))


if __name__ == "__main__":
    run_job(write_section)
