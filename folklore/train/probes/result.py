"""Answer: what a probe says of a run, numbers for claims and tables, and arrays that a figure draws."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from folklore.execution.files import replacing
from folklore.train.recorders.measurement import Measurement


@dataclass(frozen=True)
class ProbeResult:
    notes: list[Measurement] = field(default_factory=list)
    arrays: dict[str, np.ndarray] = field(default_factory=dict)


def note(name: str, measure: str, value: float) -> Measurement:
    """Of a run that is over."""
    return Measurement("end", None, name, measure, value)


def write_arrays(path: Path, answer: ProbeResult) -> None:
    with replacing(path) as draft:
        np.savez(draft, **answer.arrays)
