"""Through an outage of SLURM no job is lost sight of, and none is submitted."""

import asyncio
import os

import pytest

from folklore.execution import slurm_outage


class Executor:
    """Looks after jobs and submits them; a query counts only when it is answered, as in Snakemake's."""

    def __init__(self, answered: bool, running: tuple[str, ...] = ()):
        self.answered, self.running = answered, running
        self._status_query_calls = 0
        self.submitted: list[str] = []

    async def check_active_jobs(self, active):  # noqa: ARG002 (as Snakemake calls it)
        self._status_query_calls += self.answered
        for job in self.running:
            yield job

    def run_jobs(self, jobs):
        self.submitted += jobs


@pytest.fixture
def squeue(tmp_path, monkeypatch):
    """A command of that name that fails so many times, and then answers."""

    def fails(times: int) -> None:
        left = tmp_path / "left"
        left.mkdir()
        for number in range(times):
            (left / str(number)).touch()
        script = tmp_path / "squeue"
        script.write_text(f'#!/bin/sh\nset -- {left}/*\n[ -e "$1" ] || exit 0\nrm "$1"\nexit 1\n')
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr(slurm_outage, "_PAUSE", 0)

    return fails


def still_looked_after(executor, *active):
    slurm_outage.survive_outages(executor, print)

    async def all_of():
        return [job async for job in executor.check_active_jobs(list(active))]

    return asyncio.run(all_of())


def test_a_query_that_fails_loses_no_job():
    assert still_looked_after(Executor(answered=False), "one", "two") == ["one", "two"]


def test_a_query_that_is_answered_decides_which_jobs_have_ended():
    assert still_looked_after(Executor(answered=True, running=("two",)), "one", "two") == ["two"]


@pytest.mark.parametrize("times", [0, 3])
def test_jobs_are_submitted_when_slurm_answers(squeue, times):
    squeue(times)
    executor, said = Executor(answered=True), []
    slurm_outage.survive_outages(executor, said.append)
    executor.run_jobs(["one"])
    assert executor.submitted == ["one"]
    assert slurm_outage.answers()
    assert said == (["SLURM does not answer; jobs are submitted when it does"] if times else [])
