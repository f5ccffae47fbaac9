"""A finished tiny study in a checkout of its own, made once for all tests and copied for each."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
TREE = ("Snakefile", "config.yaml", "folklore", "workflow", "profiles", "report", "envs")


@dataclass(frozen=True)
class Checkout:
    folder: Path

    def snakemake(self, *arguments: str, **options) -> subprocess.CompletedProcess:
        """Runs to its end; stdout and stderr together."""
        command = [sys.executable, "-m", "snakemake", "--cores", "2", *arguments]
        return subprocess.run(
            command,
            cwd=self.folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            **options,
        )

    def finished(self, *arguments: str) -> str:
        done = self.snakemake(*arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def plan(self, *arguments: str) -> dict[str, int]:
        """Rule → how many jobs Snakemake would run now."""
        said = self.finished("--dry-run", "--nolock", *arguments)
        table = said.partition("Job stats:")[2].partition("total")[0]
        return {
            rule: int(count) for rule, count in re.findall(r"^(\w+) +(\d+)$", table, re.MULTILINE) if rule != "report"
        }

    def path(self, name: str) -> Path:
        return self.folder / name

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.path(name).read_text()
        assert old in text, f"{name} has no {old!r}"
        self.path(name).write_text(text.replace(old, new))


def new_checkout(folder: Path) -> Checkout:
    for name in TREE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    (folder / "studies").mkdir()
    shutil.copy(ROOT / "tests/workflow/tiny.yaml", folder / "studies/tiny.yaml")
    config = (folder / "config.yaml").read_text()
    (folder / "config.yaml").write_text(config.replace("pdf: auto", "pdf: false"))
    return Checkout(folder)


@pytest.fixture(scope="session")
def finished_study(tmp_path_factory) -> Checkout:
    """Shared by all processes of a test run."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder
    with FileLock(shared / "finished.lock"):
        checkout = Checkout(shared / "finished")
        if not (shared / "finished.ready").exists():
            checkout.folder.mkdir()
            new_checkout(checkout.folder).finished()
            (shared / "finished.ready").touch()
    return checkout


@pytest.fixture
def checkout(finished_study, tmp_path) -> Checkout:
    """A copy with the same time stamps, somewhere else: every test that uses it tests a moved checkout too."""
    shutil.copytree(finished_study.folder, tmp_path / "moved", symlinks=True)
    return Checkout(tmp_path / "moved")


@pytest.fixture
def fresh(tmp_path) -> Checkout:
    """Nothing has run here yet."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    return new_checkout(folder)
