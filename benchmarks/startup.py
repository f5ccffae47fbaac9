"""Start-up: time of Snakemake, a process and torch before the first update of a run."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clock import alternately
from benchmarks.row import Row, compared, seconds
from benchmarks.scratch import ROOT, WORKFLOW, Scratch, empty_workflow, scratch
from benchmarks.studies import of_many_rates
from folklore.jobs.train_run import train_run
from folklore.plan.load import load_plan
from folklore.provenance.canonical import canonical

TURNS = 3
RUNS = 4


def measure() -> Iterator[Row]:
    yield _snakemake()
    with scratch(*WORKFLOW) as where:
        where.study("generated", of_many_rates(variants=1, seeds=RUNS))
        where.snakemake("report", "--until", "train_run")
        yield _process(where)
        yield _through_snakemake(where)


def _snakemake() -> Row:
    with scratch(*WORKFLOW, "studies") as folklore, empty_workflow() as empty:
        sides = {"folklore": folklore, "empty": empty}
        took = alternately(TURNS, **{side: partial(where.snakemake, "--list-rules") for side, where in sides.items()})
    figures = f"{seconds(took['folklore'])} vs {seconds(took['empty'])} for an empty Snakefile"
    return compared("Snakemake starts and reads all studies", took["folklore"], took["empty"], figures)


def _process(where: Scratch) -> Row:
    options = _options_of_a_run(where.folder)
    words = [word for key, value in options.items() for word in (f"--{key}", *_words(value))]
    job = partial(_python, "-m", "folklore.jobs.train_run", *words)
    took = alternately(TURNS, warm_up=1, job=job, here=partial(_quietly, partial(train_run, **options)))
    figures = f"{seconds(took['job'])} vs {seconds(took['here'])} in a process that has started"
    return compared("a run of 64 images and 1 epoch in a new process", took["job"], took["here"], figures)


def _options_of_a_run(folder: Path) -> dict[str, Any]:
    recipe = next(iter(load_plan({"data": {"source": "embedded"}}, folder / "studies").recipes.values()))
    outputs = {"scores": "json", "weights": "safetensors"}
    return {
        "settings": recipe.model_dump(mode="json"),
        "learner": recipe.learner,
        "seed": 1,
        "device": "cpu",
        "runs_per_gpu": 1,
        "code": "benchmark",
        "resume": folder / "resume",
        "arrays": next(folder.glob("results/data/*.npz")),
        "provenance": next(folder.glob("results/data/*.json")),
        "indices": next(folder.glob("results/splits/*.npz")),
        **{edge: [] for edge in ("weights_parent", "mask_parent", "teacher_logits")},
        **{name: folder / f"{name}.{suffix}" for name, suffix in outputs.items()},
    }


def _words(value: Any) -> list[str]:
    if isinstance(value, list):
        return list(map(str, value))
    return [canonical(value) if isinstance(value, dict) else str(value)]


def _through_snakemake(where: Scratch) -> Row:
    """Return the time per run: Snakemake with the given number of runs to do, less Snakemake with nothing to do."""
    everything = partial(where.snakemake, "report", "--until", "train_run")
    took = alternately(TURNS, runs=partial(everything, "--forcerun", "train_run"), nothing=everything)
    each = np.median(took["runs"] - took["nothing"], axis=0)[0] / RUNS
    figures = f"{seconds(took['runs'])} vs {seconds(took['nothing'])} with nothing to do; {each:.2f} s per run"
    return compared(f"{RUNS} such runs by Snakemake on one core", took["runs"], took["nothing"], figures)


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _quietly(work: Callable[[], object]) -> None:
    with redirect_stdout(StringIO()):
        work()
