"""Failures: the files that failed jobs could not make, and why; the rest of the report is written without them.

A failed job leaves no file, so the next call of the workflow tries it again, and a cluster's retries work as always.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from folklore.execution.files import last_lines, read_json

VARIABLE = "FOLKLORE_FAILURES"  # in the environment of a Snakemake that writes an incomplete report: path of the list

Failures = dict[str, str]  # path of a file that could not be made → why

# (producer, consumer) → the input of which the consumer needs at least one file; None: it needs none. Any other
# consumer cannot do without the file.
_DISPENSABLE = {
    ("train_run", "collect_scores"): "scores",
    ("probe_run", "collect_scores"): None,
    ("draw_figure", "write_section"): None,
    ("draw_figure", "typeset_report"): None,
    ("write_section", "write_report"): "sections",
    ("write_section", "write_latex"): "sections",
}


def read_failures() -> Failures:
    """Read the list that the environment names; empty in a Snakemake that makes everything."""
    path = os.environ.get(VARIABLE)
    return read_json(Path(path)) if path else {}


def files_left_out(failed: Iterable[Any], depending: Mapping[Any, Iterable[Any]]) -> Failures:
    """Return the outputs of the failed jobs, and of the jobs that cannot do without these.

    `failed` and `depending` are jobs as Snakemake's scheduler and DAG have them.
    """
    members = [member for job in failed for member in (job.jobs if job.is_group() else [job])]
    waiting = [(job, _reason(job)) for job in members]
    left_out: Failures = {}
    while waiting:
        job, reason = waiting.pop()
        if left_out.keys() >= set(map(str, job.output)):
            continue
        left_out |= dict.fromkeys(map(str, job.output), reason)
        waiting += [(other, reason) for other in depending.get(job, ()) if not _does_without(other, job, left_out)]
    return left_out


def _does_without(consumer: Any, producer: Any, left_out: Failures) -> bool:
    edge = (producer.rule.name, consumer.rule.name)
    if edge not in _DISPENSABLE:
        return False
    needed = _DISPENSABLE[edge]
    return needed is None or any(str(path) not in left_out for path in getattr(consumer.input, needed))


def _reason(job: Any) -> str:
    log = next(map(Path, job.log), None)
    said = "".join(last_lines(log, 1)) if log else ""
    return f"{job.rule.name} failed: {said or 'it wrote no message'} ({log})"
