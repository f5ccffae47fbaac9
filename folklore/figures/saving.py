"""Save a figure as SVG, PDF and PNG; equal figures give equal bytes."""

from pathlib import Path

from matplotlib.figure import Figure

from folklore.execution.files import replacing
from folklore.figures.letters import show_every_letter
from folklore.schema.config import Style

# Without these, matplotlib writes the date and its version into each file.
_NOTHING_NOTED = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


def save(figure: Figure, style: Style, svg: Path, pdf: Path, png: Path) -> None:
    show_every_letter(figure)
    _save(figure, "png", png, style.dpi)
    figure.set_layout_engine(None)  # the other formats keep the layout of the first
    _save(figure, "svg", svg, style.dpi)
    _save(figure, "pdf", pdf, style.dpi)


def _save(figure: Figure, kind: str, path: Path, dpi: int) -> None:
    with replacing(path) as draft:
        figure.savefig(draft, format=kind, dpi=dpi, metadata=_NOTHING_NOTED[kind])
