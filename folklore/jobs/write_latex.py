"""Writes the report as LaTeX, with the figures named by their paths from its folder."""

from pathlib import Path

from folklore.files import read_json, write_text
from folklore.jobs import command
from folklore.report.latex import latex
from folklore.report.page import Provenance, Section


def write_latex(sections: list[Path], provenance: dict, tex: Path) -> None:
    said = [Section.model_validate(read_json(path)) for path in sections]
    write_text(tex, latex(said, Provenance.model_validate(provenance), tex.parent))


if __name__ == "__main__":
    command.run(write_latex)
