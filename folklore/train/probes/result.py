"""Probe result: measurements of a finished run for claims and tables, and arrays from which a figure is drawn."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from folklore.execution.files import replacing
from folklore.train.recorders.measurement import Measurement


@dataclass(frozen=True)
class ProbeResult:
    measurements: list[Measurement] = field(default_factory=list)
    arrays: dict[str, np.ndarray] = field(default_factory=dict)


def at_end(name: str, statistic: str, value: float) -> Measurement:
    """Return a measurement of a finished run."""
    return Measurement("end", None, name, statistic, value)


def write_arrays(path: Path, result: ProbeResult) -> None:
    with replacing(path) as draft:
        np.savez(draft, **result.arrays)
