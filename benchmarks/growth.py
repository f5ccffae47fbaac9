"""Growth: planning, dispatching, scoring and reporting for many runs, compared with a bare workflow of the same shape.

Each training run is replaced by a copy of a real one, so that the workflow's own work remains.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.clock import processor_seconds
from benchmarks.row import Row
from benchmarks.scratch import ROOT, WORKFLOW, Scratch, scratch
from benchmarks.studies import of_many_runs

RUNS = (100, 1_000, 10_000)
SEEDS = 10
PLAN = ("report", "--dry-run")
TRAIN = ("report", "--until", "train_run")
STAND_IN = ROOT / "benchmarks/stand_in.sh"


def measure() -> Iterator[Row]:
    with _trained() as trained:
        earlier = None
        for runs in RUNS:
            grown = _grown(runs, trained)
            yield from _rows(grown, earlier)
            earlier = grown


@dataclass(frozen=True)
class Grown:
    """Pairs (folklore, bare Snakemake) in CPU seconds of Snakemake's own process."""

    runs: int
    new: tuple[float, float]
    dispatch: tuple[float, float]
    done: tuple[float, float]
    memory: tuple[float, float]  # bytes, of the larger plan
    reporting: float  # CPU seconds of everything after the training runs, jobs included
    files: int
    report: int  # bytes of the page


def _grown(runs: int, trained: Path) -> Grown:
    with _folklore(runs, trained) as ours, _bare(runs, trained) as bare:
        sides = (ours, bare)
        new = [where.own_cost("--cores", "2", *PLAN) for where in sides]
        train = [where.own_cost("--cores", "2", *TRAIN) for where in sides]
        reporting = processor_seconds(lambda: ours.snakemake("report"))
        bare.snakemake("report")
        done = [where.own_cost("--cores", "2", *PLAN) for where in sides]
        results = ours.folder / "results"
        return Grown(
            runs,
            new=_seconds(new),
            dispatch=tuple(
                max(0.0, all_of["seconds"] - plan["seconds"]) for all_of, plan in zip(train, new, strict=True)
            ),
            done=_seconds(done),
            memory=tuple(max(first["bytes"], second["bytes"]) for first, second in zip(new, done, strict=True)),
            reporting=reporting,
            files=sum(path.is_file() for path in results.rglob("*")),
            report=(results / "demo-embedded/report/index.html").stat().st_size,
        )


def _seconds(costs: list[dict[str, float]]) -> tuple[float, float]:
    ours, bare = (cost["seconds"] for cost in costs)
    return ours, bare


def _rows(grown: Grown, earlier: Grown | None) -> Iterator[Row]:
    named = {"plan, nothing done": grown.new, "plan, everything done": grown.done, "dispatch": grown.dispatch}
    for what, (ours, bare) in named.items():
        each = f"{ours / grown.runs * 1000:.1f} vs {bare / grown.runs * 1000:.1f} ms per run"
        yield _row(grown, what, ours / bare, f"{ours:.1f} vs {bare:.1f} s of CPU time; {each}")
    ours, bare = grown.memory
    yield _row(grown, "memory of a plan", ours / bare, f"{ours / 2**20:.0f} vs {bare / 2**20:.0f} MiB")
    each = f"{grown.reporting / grown.runs * 1000:.0f} ms per run"
    ratio = earlier and grown.reporting / earlier.reporting / (grown.runs / earlier.runs)
    yield _row(
        grown, "scoring and reporting, a run to one before", ratio, f"{grown.reporting:.0f} s of CPU time; {each}"
    )
    yield _row(
        grown,
        "files per run",
        grown.files / grown.runs,
        f"{grown.files:,} files, {grown.report / 2**20:.1f} MiB of page",
    )


def _row(grown: Grown, what: str, ratio: float | None, figures: str) -> Row:
    return Row(f"{grown.runs:,} runs: {what}", f"{ratio:.2f}×" if ratio else "", 1, figures)


@contextmanager
def _trained() -> Iterator[Path]:
    """Train one recipe, and yield its folder with one run per seed."""
    with scratch(*WORKFLOW) as where:
        where.study("generated", of_many_runs(SEEDS, SEEDS))
        where.snakemake(*TRAIN)
        (recipe,) = (where.folder / "results/runs").iterdir()
        yield recipe


@contextmanager
def _folklore(runs: int, trained: Path) -> Iterator[Scratch]:
    with scratch(*WORKFLOW) as where:
        where.study("generated", of_many_runs(runs, SEEDS))
        rule = where.folder / "workflow/rules/train.smk"
        text = rule.read_text(encoding="utf-8")
        rule.write_text(
            text.replace('start=start("train_run", options_of_training)', f'start="sh {STAND_IN.name}"'),
            encoding="utf-8",
        )
        _stand_in(where, trained)
        yield where


@contextmanager
def _bare(runs: int, trained: Path) -> Iterator[Scratch]:
    with scratch("profiles") as where:
        shutil.copy(ROOT / "benchmarks/bare.smk", where.folder / "Snakefile")
        asked = {"recipes": runs // SEEDS, "seeds": list(range(1, SEEDS + 1))}
        (where.folder / "config.yaml").write_text(yaml.safe_dump(asked), encoding="utf-8")
        _stand_in(where, trained)
        yield where


def _stand_in(where: Scratch, trained: Path) -> None:
    shutil.copy(STAND_IN, where.folder)
    (where.folder / "trained").symlink_to(trained)
