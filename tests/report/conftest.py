"""A planted study on disk, and the tools that some tests need."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from planted_study import FIGURE, HOSTILE, plant

ROOT = Path(__file__).resolve().parents[2]


def needed(tool: str) -> str:
    """Skips without the tool, unless FOLKLORE_ALL_TOOLS=1 says that it has to be there."""
    found = shutil.which(tool)
    if found is None and os.environ.get("FOLKLORE_ALL_TOOLS") == "1":
        pytest.fail(f"{tool} is not installed, and FOLKLORE_ALL_TOOLS=1")
    return found or pytest.skip(f"{tool} is not installed")


@pytest.fixture
def chromium() -> str:
    return needed("chromium")


@pytest.fixture
def latexmk() -> str:
    return needed("latexmk")


class Jobs:
    """Calls jobs as the workflow does: in a process of their own, from the folder that the paths start at."""

    def __init__(self, folder: Path):
        self.folder = folder

    def run(
        self, job: str, environment: dict[str, str] | None = None, **arguments: object
    ) -> subprocess.CompletedProcess:
        options = [word for name, value in arguments.items() for word in (f"--{name}", *_words(value))]
        return subprocess.run(
            [sys.executable, "-m", f"folklore.jobs.{job}", *options],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | (environment or {}),
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self, job: str, **arguments: object) -> None:
        ended = self.run(job, **arguments)
        assert ended.returncode == 0, ended.stderr

    def accepted(self) -> Path:
        """The log of a change that was accepted, with what both renderings have to escape."""
        head = "date,who,reason,rule,modules,before,after,outputs"
        entry = '2026-01-01,ann,"Renamed <a> & b_c, 100%.",train_run,folklore.train.loop,0123,4567,2'
        (self.folder / "accepted.csv").write_text(f"{head}\n{entry}\n")
        return Path("accepted.csv")

    def section(self, name: str = "planted", hostile: bool = False) -> Path:
        study = plant(self.folder, name, HOSTILE if hostile else "")
        figures = {"curves": {kind: str(FIGURE / f"curves.{kind}") for kind in ("svg", "pdf", "png")}}
        section = Path(f"report/sections/{name}.json")
        self.done(
            "write_section",
            name=name,
            study=study,
            edition="demo-embedded",
            scale="demo",
            figures=figures,
            failures={"figure a_b": "draw_figure failed: <b> & 100 % of $x_1"} if hostile else {},
            runs=f"{name}/runs.csv",
            facts=f"{name}/facts.json",
            metrics=f"{name}/metrics.csv",
            verdicts=f"{name}/verdicts.json",
            section=section,
        )
        return section


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        return [json.dumps(value)]
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(tmp_path)
