"""Render the report as LaTeX, from the same sections as the HTML page."""

import os
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from folklore.report.escape import escape
from folklore.report.page import PageTable, Provenance, Section, score
from folklore.report.whisker import whisker
from folklore.schema.verdict import Ruling
from folklore.wording import numbers

TEMPLATES = Path(__file__).resolve().parents[2] / "report"

SYMBOLS = {
    Ruling.SUPPORTED: r"$\checkmark$",
    Ruling.REFUTED: r"$\boldsymbol{\times}$",
    Ruling.UNDECIDED: "?",
    Ruling.NOT_TESTABLE: r"$\varnothing$",
}


def latex(sections: Sequence[Section], provenance: Provenance, folder: Path) -> str:
    """Return the text for a file in `folder`, with paths of figures relative to it."""
    return (
        _environment()
        .get_template("page.tex.jinja")
        .render(
            sections=sections,
            provenance=provenance,
            total=score(verdict for section in sections for verdict in section.judged),
            here=lambda path: Path(os.path.relpath(path, folder)).as_posix(),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Braces and percent signs are LaTeX's own.
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    environment.filters |= {
        "tex": escape,
        "measured": numbers.measured,
        "setting": numbers.setting,
        "probability": numbers.probability,
        "in_two_lines": _in_two_lines,
    }
    environment.globals |= {
        "symbols": SYMBOLS,
        "score": score,
        "whisker": whisker,
        "interval": numbers.interval,
        "shares": _shares,
    }
    return environment


def _in_two_lines(cell: str) -> str:
    """Break a cell between mean and uncertainty, so that a table of many columns fits the page."""
    sign = escape("±")
    return cell.replace(f" {sign} ", rf"\linebreak{sign}\,")


def _shares(table: PageTable) -> list[float]:
    """Return each column's share of the width, from its longest line or word, capped so that long texts wrap."""
    needed = [_length(head, cells) for head, *cells in zip(table.columns, *table.rows, strict=True)]
    return [round(length / sum(needed), 4) for length in needed]


def _length(head: str, cells: list[str]) -> int:
    lines = [*head.split(), *(line for cell in cells for line in cell.replace(" ± ", "\n± ").splitlines())]
    return min(max(len(line) for line in lines), 24) + 2
