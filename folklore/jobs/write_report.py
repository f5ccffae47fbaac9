"""Writes the report as one self-contained page."""

from pathlib import Path

from folklore.files import read_json, write_text
from folklore.jobs import command
from folklore.report import html as page
from folklore.report.page import Provenance, Section


def write_report(sections: list[Path], provenance: dict, html: Path) -> None:
    said = [Section.model_validate(read_json(path)) for path in sections]
    write_text(html, page.html(said, Provenance.model_validate(provenance)))


if __name__ == "__main__":
    command.run(write_report)
