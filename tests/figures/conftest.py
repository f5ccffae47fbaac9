"""Planted tables, and one call that draws a figure from them."""

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from pkgutil import resolve_name

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from pydantic import TypeAdapter

from folklore.analysis.csv_tables import write_table
from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.requested import metrics_rows
from folklore.figures import drawer
from folklore.figures.style import dressed
from folklore.schema.config import Style
from folklore.schema.figures import FigureSpec


@pytest.fixture
def draw() -> Callable[..., Figure]:
    def drawn(table: Path, note: str = "", **drawing) -> Figure:
        settings = TypeAdapter(FigureSpec).validate_python({"caption": "", **drawing})
        with dressed(Style()):
            return resolve_name(drawer(settings.kind))(table, settings, Style(), note)

    return drawn


@pytest.fixture
def rows_to(tmp_path) -> Callable[[list[dict]], Path]:
    """Writes a table, and beside it the status of the runs whose curves are in it."""

    def written(rows: list[dict], diverged: Iterable[tuple[str, int]] = ()) -> Path:
        _write(tmp_path / "runs.csv", _statuses(rows, {*diverged}))
        return _write(tmp_path / "table.csv", rows)

    return written


def _write(table: Path, rows: list[dict]) -> Path:
    with table.open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return table


def _statuses(rows: list[dict], diverged: set[tuple[str, int]]) -> list[dict]:
    """A run without its last training loss diverged, as in the tables of a study."""
    runs = {(row["variant"], row["seed"]): row.get("train_loss", 0.0) for row in rows}
    diverged |= {run for run, loss in runs.items() if loss is None}
    return [
        {"variant": variant, "seed": seed, "status": "diverged" if (variant, seed) in diverged else "finished"}
        for variant, seed in runs
    ]


@pytest.fixture
def draw_metrics(draw, tmp_path) -> Callable[..., Figure]:
    """Draws from metrics.csv, computed from the rows of runs and of curves for what the figure names."""

    def drawn(runs: list[dict], curves: list[dict] = (), **drawing) -> Figure:
        settings = TypeAdapter(FigureSpec).validate_python({"caption": "", **drawing})
        tables = pd.DataFrame(runs), pd.DataFrame(curves, columns=None if curves else ["variant", "seed", "epoch"])
        names = settings.named or tuple(dict.fromkeys(run["variant"] for run in runs))
        requests = [(metric, names) for metric in settings.named_metrics]
        write_table(tmp_path / "metrics.csv", metrics_rows(requests, Evidence(*tables, {})))
        return draw(tmp_path / "metrics.csv", **drawing)

    return drawn


@pytest.fixture
def facts_to(tmp_path) -> Callable[[dict], Path]:
    def written(facts: dict) -> Path:
        table = tmp_path / "facts.json"
        table.write_text(json.dumps(facts))
        return table

    return written


@pytest.fixture
def texts() -> Callable[[Figure], list[str]]:
    """Everything that is written in a figure."""

    def read(figure: Figure) -> list[str]:
        found = [text.get_text() for text in figure.findobj(Text)]
        return [text for text in found if text]

    return read
