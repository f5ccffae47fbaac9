"""One figure as SVG, PDF and PNG, with the same bytes whenever the same is drawn."""

from pathlib import Path

from matplotlib.figure import Figure

from folklore.execution.files import replacing
from folklore.figures.letters import show_every_letter
from folklore.schema.config import Style

# Without these matplotlib notes the date and its own version in every file.
_NOTHING_NOTED = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


def save(figure: Figure, style: Style, svg: Path, pdf: Path, png: Path) -> None:
    show_every_letter(figure)
    _save(figure, "png", png, style.dpi)
    figure.set_layout_engine(None)  # the layout that the first drawing found holds for the others
    _save(figure, "svg", svg, style.dpi)
    _save(figure, "pdf", pdf, style.dpi)


def _save(figure: Figure, kind: str, path: Path, dpi: int) -> None:
    with replacing(path) as draft:
        figure.savefig(draft, format=kind, dpi=dpi, metadata=_NOTHING_NOTED[kind])
