"""The jobs that Snakemake would run, as the other commands see them."""

from dataclasses import dataclass, field
from typing import Any

from folklore.provenance.code_record import Modules


@dataclass(frozen=True)
class WouldRun:
    """A job, Snakemake's record of when its outputs were made, and the present state."""

    rule: str
    wildcards: dict[str, str]
    outputs: tuple[str, ...]
    missing: tuple[str, ...]  # outputs
    params: dict[str, Any]
    recorded: tuple[str, ...] | None  # the parameters then, each as Python writes it; None without a record
    command: bool  # whether the command's wording changed
    environment: bool
    interrupted: bool  # whether the outputs are of a job that did not come to its end
    inputs_new: tuple[str, ...]
    inputs_gone: tuple[str, ...]
    inputs_changed: tuple[str, ...]  # in content
    awaits: tuple[int, ...]  # numbers of the jobs that run before it, in the list of all
    seconds: float | None  # that it took the last time
    snakemake_reason: str
    told: Any = field(repr=False)  # Snakemake's own job


@dataclass(frozen=True)
class DryRun:
    jobs: list[WouldRun]
    code: dict[str, Modules]  # fingerprint → the modules that it stands for, of the code now
    options: dict[str, str]  # path → content of the files that would hold long options
    workflow: Any = field(repr=False)
