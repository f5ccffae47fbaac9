"""Which jobs may be waved through: those that nothing but an accepted change of code asks for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from folklore.cli.causes import Cause, Causes
from folklore.cli.would_run import WouldRun


@dataclass(frozen=True)
class Waved:
    job: WouldRun
    change: Cause


@dataclass(frozen=True)
class Waving:
    waved: list[Waved]
    left: int  # jobs that run all the same


def waved_through(jobs: Sequence[WouldRun], causes: Causes, accepted: Collection[str]) -> Waving:
    """`accepted`: rules, or modules. A job whose code changed elsewhere too is not waved through for one module."""
    found: list[Waved] = []
    settled: list[bool] = []  # by number of the job: nothing is left to run for it
    for job in jobs:
        own = causes.own(job)
        ready = all(settled[number] for number in job.awaits)
        waved = ready and [cause.kind for cause in own] == ["code"] and _accepts(accepted, job, own[0])
        if waved:
            found.append(Waved(job, own[0]))
        settled.append(waved or (ready and not own and bool(job.awaits)))
    return Waving(found, settled.count(False))


def _accepts(accepted: Collection[str], job: WouldRun, cause: Cause) -> bool:
    return job.rule in accepted or (bool(cause.modules) and not job.command and set(cause.modules) <= set(accepted))
