"""Typesets the report with LaTeX."""

from pathlib import Path

from folklore.execution.job_command import run_job
from folklore.report.typeset import typeset


def typeset_report(tex: Path, pdf: Path) -> None:
    typeset(tex, pdf)


if __name__ == "__main__":
    run_job(typeset_report)
