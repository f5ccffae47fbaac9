"""Draws one figure of a study as SVG, PDF and PNG, from one of its tables or from the arrays of probes."""

from pathlib import Path
from pkgutil import resolve_name

from pydantic import TypeAdapter

from folklore.execution.job_command import run_job
from folklore.figures import drawer
from folklore.figures.saving import save
from folklore.figures.style import dressed
from folklore.schema.config import Style
from folklore.schema.figures import FigureSpec


def draw_figure(
    drawing: dict, style: dict, note: str, table: Path, pictures: list[Path], svg: Path, pdf: Path, png: Path
) -> None:
    """`pictures`: one file of arrays per variant, in the order in which the drawing names them."""
    settings, look = TypeAdapter(FigureSpec).validate_python(drawing), Style(**style)
    draw = resolve_name(drawer(settings.kind))
    with dressed(look):
        save(draw(pictures if settings.shows else table, settings, look, note), look, svg, pdf, png)


if __name__ == "__main__":
    run_job(draw_figure)
