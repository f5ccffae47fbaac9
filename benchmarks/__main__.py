"""Measures speed, memory and scale, as ratios to what a user would otherwise run.

python -m benchmarks                     all but the report, the slowest runs and the GPU, which take minutes
python -m benchmarks growth report       these
python -m benchmarks all
"""

import os
import platform
import sys
from pathlib import Path
from pkgutil import resolve_name

from benchmarks import BENCHMARKS
from benchmarks.row import table
from folklore.execution.errors import unknown

TAKES_MINUTES = {"report", "slowest", "gpu"}


def main(asked: list[str]) -> None:
    names = chosen(asked)
    print(f"{processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n", flush=True)
    for name in names:
        print(f"{name}\n{table(list(resolve_name(BENCHMARKS[name])()))}\n", flush=True)


def chosen(asked: list[str]) -> list[str]:
    wrong = [name for name in asked if name not in BENCHMARKS and name != "all"]
    if wrong:
        sys.exit(f"error: {unknown('benchmark', wrong[0], [*BENCHMARKS, 'all'])}")
    if "all" in asked:
        return list(BENCHMARKS)
    return asked or [name for name in BENCHMARKS if name not in TAKES_MINUTES]


def processor() -> str:
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


if __name__ == "__main__":
    main(sys.argv[1:])
