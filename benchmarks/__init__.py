"""BENCHMARKS: name → `measure() -> Iterator[Row]`, in the order in which they run; each prints ratios of one run."""

import folklore  # noqa: F401 (so that torchvision can be imported beside a CPU build of torch)

BENCHMARKS = {
    "training": "benchmarks.training:measure",
    "additions": "benchmarks.additions:measure",
    "recipes": "benchmarks.recipes:measure",
    "slowest": "benchmarks.slowest:measure",
    "startup": "benchmarks.startup:measure",
    "growth": "benchmarks.growth:measure",
    "figure": "benchmarks.figure:measure",
    "report": "benchmarks.report:measure",
    "gpu": "benchmarks.gpu.measure:measure",
}
