"""Typesets the report with LaTeX."""

from pathlib import Path

from folklore.jobs import command
from folklore.report.typeset import typeset


def typeset_report(tex: Path, pdf: Path) -> None:
    typeset(tex, pdf)


if __name__ == "__main__":
    command.run(typeset_report)
