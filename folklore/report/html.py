"""Render the report as one self-contained HTML page."""

import base64
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from folklore.report.page import Provenance, Section, score
from folklore.report.whisker import whisker
from folklore.schema.verdict import Ruling
from folklore.wording import numbers

TEMPLATES = Path(__file__).resolve().parents[2] / "report"

SYMBOLS = {
    Ruling.SUPPORTED: "✓",
    Ruling.REFUTED: "✗",
    Ruling.UNDECIDED: "?",
    Ruling.NOT_TESTABLE: "∅",
}


def html(sections: Sequence[Section], provenance: Provenance) -> str:
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            sections=sections,
            provenance=provenance,
            total=score(verdict for section in sections for verdict in section.judged),
            style=(TEMPLATES / "style.css").read_text(encoding="utf-8"),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "inlined": _inlined,
        "measured": numbers.measured,
        "setting": numbers.setting,
        "probability": numbers.probability,
    }
    environment.globals |= {"symbols": SYMBOLS, "score": score, "whisker": whisker, "interval": numbers.interval}
    return environment


def _inlined(path: str) -> str:
    """Return a data URL of an SVG file."""
    return f"data:image/svg+xml;base64,{base64.b64encode(Path(path).read_bytes()).decode('ascii')}"
