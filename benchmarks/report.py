"""`make report` from nothing: wall time, how much of it trains, and the most memory held at once."""

import subprocess
import sys
from collections.abc import Iterator
from time import perf_counter

import psutil

from benchmarks.row import Row
from benchmarks.scratch import WORKFLOW, scratch
from folklore.execution.files import read_json

WAIT = 0.2  # seconds between two looks at the memory


def measure() -> Iterator[Row]:
    with scratch(*WORKFLOW, "studies") as where:
        command = [sys.executable, "-m", "snakemake", "--cores", "all", "report"]
        started = perf_counter()
        with subprocess.Popen(
            command, cwd=where.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            together, largest = _peak_memory(process)
        wall = perf_counter() - started
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with exit code {process.returncode}")
        costs = [read_json(path)["seconds"] for path in where.folder.glob("results/runs/*/*/cost.json")]
    cores = psutil.cpu_count()
    figures = f"{wall:.0f} s on {cores} cores vs {sum(costs):.0f} s of training in {len(costs)} runs"
    yield Row("report from nothing, cores × wall to training", f"{wall * cores / sum(costs):.2f}×", 1, figures)
    figures = f"{together / 2**20:,.0f} MiB vs {largest / 2**20:,.0f} MiB of the largest process"
    yield Row("most memory, all processes to the largest", f"{together / largest:.2f}×", 1, figures)


def _peak_memory(process: subprocess.Popen) -> tuple[int, int]:
    """Return peak resident bytes: of all processes together, and of the largest one."""
    together = largest = 0
    while process.poll() is None:
        sizes = [size for each in _family(process.pid) if (size := _resident(each))]
        together, largest = max(together, sum(sizes)), max(largest, *sizes, 0)
        try:
            process.wait(WAIT)
        except subprocess.TimeoutExpired:
            continue
    return together, largest


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0
