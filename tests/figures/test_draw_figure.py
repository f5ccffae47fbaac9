import json
import os
import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import matplotlib
import pytest
from PIL import Image
from planted_tables import curve_rows

from folklore.figures import drawer
from folklore.jobs.draw_figure import draw_figure
from folklore.schema.figures import FIGURES


def _three(folder: Path) -> dict[str, Path]:
    return {kind: folder / f"figure.{kind}" for kind in ("svg", "pdf", "png")}


def _draw(table: Path, folder: Path) -> dict[str, bytes]:
    drawing = {"kind": "curves", "caption": "", "smooth": 3}
    draw_figure(drawing, {}, "stand-in data", table, [], **_three(folder))
    return {kind: path.read_bytes() for kind, path in _three(folder).items()}


@pytest.mark.parametrize("kind", FIGURES)
def test_every_kind_has_a_function_that_draws_it(kind):
    assert callable(resolve_name(drawer(kind)))
    assert FIGURES[kind].model_fields["kind"].annotation.__args__ == (kind,)


def test_the_same_table_gives_the_same_bytes(rows_to, tmp_path):
    table = rows_to(curve_rows("a", 1, [3, 2, 1]) + curve_rows("b", 1, [3, 2, 1]))
    assert _draw(table, tmp_path / "once") == _draw(table, tmp_path / "twice")


def test_the_users_own_matplotlib_settings_change_nothing(rows_to, tmp_path):
    table = rows_to(curve_rows("a", 1, [3, 2, 1]) + curve_rows("b", 1, [3, 2, 1]))
    before = _draw(table, tmp_path / "default")
    with matplotlib.rc_context({"savefig.bbox": "tight", "savefig.transparent": True, "xtick.direction": "in"}):
        assert _draw(table, tmp_path / "own") == before
        assert matplotlib.rcParams["savefig.bbox"] == "tight"


def test_no_date_is_noted(rows_to, tmp_path):
    drawn = _draw(rows_to(curve_rows("a", 1, [3, 2, 1])), tmp_path)
    assert b"<dc:date>" not in drawn["svg"]
    assert b"CreationDate" not in drawn["pdf"]


def test_a_figure_is_a_white_card_on_a_dark_page(rows_to, tmp_path):
    _draw(rows_to(curve_rows("a", 1, [3, 2, 1])), tmp_path)
    with Image.open(tmp_path / "figure.png") as picture:
        assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_style_sets_width_and_resolution(rows_to, tmp_path):
    table = rows_to(curve_rows("a", 1, [3, 2, 1]))
    draw_figure({"kind": "curves", "caption": ""}, {"width": 5.0, "dpi": 100}, "", table, [], **_three(tmp_path))
    with Image.open(tmp_path / "figure.png") as picture:
        assert picture.width == 500


@pytest.mark.parametrize(
    "setting",
    [{"savefig.bbox": "tight"}, {"savefig.transparent": True}, {"path.sketch": (1, 100, 2)}, {"text.usetex": True}],
    ids=lambda setting: next(iter(setting)),
)
def test_the_users_own_settings_of_matplotlib_change_no_byte(rows_to, tmp_path, setting):
    table = rows_to(curve_rows("a", 1, [3, 2, 1]))
    usual = _draw(table, tmp_path / "usual")
    with matplotlib.rc_context(setting):
        assert _draw(table, tmp_path / "mine") == usual


def test_the_backend_of_a_notebook_does_not_keep_a_figure_from_being_drawn():
    program = "import folklore.figures, matplotlib; print(matplotlib.get_backend())"
    environment = os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "agg"


@pytest.mark.slow
def test_the_job_draws_from_the_command_line(rows_to, tmp_path):
    table = rows_to(curve_rows("a", 1, [3, 2, 1]))
    drawing = json.dumps({"kind": "comparison", "caption": "", "of": "train_loss"})
    paths = [word for kind, path in _three(tmp_path).items() for word in (f"--{kind}", str(path))]
    command = [sys.executable, "-m", "folklore.jobs.draw_figure", "--drawing", drawing, "--style", "{}"]
    subprocess.run([*command, "--note", "", "--table", str(table), "--pictures", *paths], check=True)
    assert all(path.stat().st_size for path in _three(tmp_path).values())
