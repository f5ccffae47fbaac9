"""A copy of the project in a temporary folder, in which a benchmark may run Snakemake."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from folklore.execution.files import read_json

ROOT = Path(__file__).resolve().parent.parent

WORKFLOW = ("Snakefile", "config.yaml", "folklore", "workflow", "profiles", "envs", "report")


@dataclass(frozen=True)
class Scratch:
    folder: Path

    def snakemake(self, *arguments: str) -> str:
        """Return the output of Snakemake; raise with it if Snakemake fails."""
        return _run([sys.executable, "-m", "snakemake", "--cores", "1", *arguments], self.folder)

    def own_cost(self, *arguments: str) -> dict[str, float]:
        """Return CPU seconds and bytes of memory of Snakemake's own process, without its jobs."""
        cost = self.folder / "own_cost.json"
        _run([sys.executable, "-P", str(ROOT / "benchmarks/own_cost.py"), str(cost), *arguments], self.folder)
        return read_json(cost)

    def study(self, name: str, content: dict) -> None:
        path = self.folder / "studies" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")

    def pretend_done(self, *targets: str) -> None:
        """Make every output an empty file that Snakemake records as its own, as if all jobs had run."""
        table = self.snakemake("--summary", *targets).splitlines()
        start = next(number for number, line in enumerate(table) if line.startswith("output_file"))
        for line in table[start + 1 :]:
            path = self.folder / line.partition("\t")[0]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        self.snakemake(*targets, "--touch", "--quiet", "all")
        if "Nothing to be done" not in self.snakemake("--dry-run", *targets):
            raise RuntimeError("Snakemake still plans jobs after --touch")


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout + done.stderr


@contextmanager
def scratch(*parts: str) -> Iterator[Scratch]:
    """Yield a temporary copy of these parts of the project, without results."""
    with TemporaryDirectory(prefix="folklore-benchmark-") as name:
        for part in parts:
            source, target = ROOT / part, Path(name, part)
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, target)
        yield Scratch(Path(name))


@contextmanager
def empty_workflow() -> Iterator[Scratch]:
    """Yield a workflow without jobs, to measure Snakemake itself."""
    with scratch() as where:
        (where.folder / "Snakefile").write_text("rule report:\n", encoding="utf-8")
        yield where
