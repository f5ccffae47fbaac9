"""Draws one figure of a study from one of its tables, as SVG, PDF and PNG."""

from pathlib import Path
from pkgutil import resolve_name

from pydantic import TypeAdapter

from folklore.config import Style
from folklore.drawing import Drawing
from folklore.figures import FIGURES
from folklore.figures.saving import save
from folklore.figures.style import dressed
from folklore.jobs import command


def draw_figure(drawing: dict, style: dict, note: str, table: Path, svg: Path, pdf: Path, png: Path) -> None:
    settings, look = TypeAdapter(Drawing).validate_python(drawing), Style(**style)
    draw = resolve_name(FIGURES[settings.kind])
    with dressed(look):
        save(draw(table, settings, look, note), look, svg, pdf, png)


if __name__ == "__main__":
    command.run(draw_figure)
