"""The jobs that may be accepted without rerunning: those for which only accepted code has changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from folklore.cli.causes import Cause, Causes
from folklore.cli.would_run import WouldRun


@dataclass(frozen=True)
class AcceptedJob:
    job: WouldRun
    change: Cause


@dataclass(frozen=True)
class Decision:
    accepted: list[AcceptedJob]
    left: int  # jobs that still run


def decide(jobs: Sequence[WouldRun], causes: Causes, names: Collection[str]) -> Decision:
    """Choose the jobs that may be accepted. `names`: rules, or all changed modules of a job."""
    found: list[AcceptedJob] = []
    settled: list[bool] = []  # by number of the job: nothing is left to run for it
    for job in jobs:
        own = causes.own(job)
        ready = all(settled[number] for number in job.awaits)
        accepted = ready and [cause.kind for cause in own] == ["code"] and _matches(names, job, own[0])
        if accepted:
            found.append(AcceptedJob(job, own[0]))
        settled.append(accepted or (ready and not own and bool(job.awaits)))
    return Decision(found, settled.count(False))


def _matches(names: Collection[str], job: WouldRun, cause: Cause) -> bool:
    return job.rule in names or (bool(cause.modules) and not job.command and set(cause.modules) <= set(names))
