"""Outages of SLURM's controller, from which Snakemake's executor (2.8.0) does not recover.

It stops watching its jobs once a query has failed, and waits forever for a group that it could not submit.
"""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from folklore.execution.slurm import answers

_PAUSE = 5  # seconds between two attempts


def survive_outages(executor: Any, say: Callable[[str], None]) -> None:
    """Patch Snakemake's executor to keep watching its jobs, and to submit none while SLURM does not answer."""
    executor.check_active_jobs = _keeping_sight(executor, executor.check_active_jobs)
    executor.run_jobs = _when_slurm_answers(executor.run_jobs, say)


def _keeping_sight(executor: Any, check: Callable[[list], AsyncIterator]) -> Callable[[list], AsyncIterator]:
    async def checked(active: list) -> AsyncIterator:
        """Yield the jobs that are still running according to SLURM; all of them if it did not answer."""
        answered = executor._status_query_calls
        async for job in check(active):
            yield job
        if executor._status_query_calls == answered:
            for job in active:
                yield job

    return checked


def _when_slurm_answers(run: Callable[[list], None], say: Callable[[str], None]) -> Callable[[list], None]:
    def submitted(jobs: list) -> None:
        if not answers():
            say("SLURM does not answer; jobs are submitted when it does")
            while not answers():
                time.sleep(_PAUSE)
        run(jobs)

    return submitted
