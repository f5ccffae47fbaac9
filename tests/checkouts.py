"""A checkout of folklore with the tiny study in it, and Snakemake run there."""

import multiprocessing
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TREE = ("Snakefile", "config.yaml", "folklore", "workflow", "profiles", "report", "envs")


# Forks processes that have Snakemake imported already, which is half of the time of a plan.
_IMPORTED = multiprocessing.get_context("forkserver")
_IMPORTED.set_forkserver_preload(["snakemake.cli"])


def _dry_run(folder: Path, output: Path, arguments: tuple[str, ...]) -> None:
    from snakemake.cli import main  # noqa: PLC0415 (in the forked process alone)

    os.chdir(folder)
    with output.open("w") as handle:
        os.dup2(handle.fileno(), 1)
        os.dup2(handle.fileno(), 2)
    main(["--cores", "2", "--dry-run", "--nolock", *arguments])


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
        output = self.path("plan.txt")
        planning = _IMPORTED.Process(target=_dry_run, args=(self.folder, output, arguments))
        planning.start()
        planning.join()
        said = output.read_text()
        assert planning.exitcode == 0, said
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
