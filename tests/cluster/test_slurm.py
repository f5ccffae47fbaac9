"""A study through the slurm profile on a real SLURM, with jobs, Snakemake and daemons ended while it runs."""

import json
import os
import re
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

DEADLINE = 300  # seconds
OUTAGE = 60  # seconds; Snakemake looks after its jobs several times in it

# Snakemake inside of a job can lock itself up in its own handler of SIGTERM, and SLURM then kills it, and what it was
# about to do is not done.
pytestmark = [pytest.mark.slow, pytest.mark.flaky(reruns=1)]

RESULTS = ("scores.json", "history.csv", "records.csv", "weights.safetensors")


def outputs(checkout, results):
    """What runs left, by path, and what was made of them, timings aside."""
    folder = checkout.path(results)
    runs = {path.relative_to(folder): path.read_bytes() for name in RESULTS for path in folder.glob(f"runs/*/*/{name}")}
    return runs | {"verdicts": (folder / "demo-embedded/verdicts/small.json").read_bytes()}


@pytest.mark.fault("a running job is cancelled with `scancel`")
@pytest.mark.fault("`kill -9` of Snakemake, with jobs on the cluster")
def test_a_study_on_slurm_gives_the_bytes_of_a_local_one_whatever_is_cancelled_or_killed(submitter, cluster):
    checkout = submitter.checkout
    first = submitter.start()
    local = submitter.start_here("here")
    job = submitter.until(submitter.training_long, "the long run")
    asked = cluster.ask("scontrol", "show", "job", job)
    cluster.ask("scancel", job)
    again = submitter.until(lambda: submitter.training_long(other_than=job), "the long run, again")

    os.killpg(first.pid, signal.SIGKILL)
    submitter.started.remove(first)
    first.wait()
    assert again in cluster.jobs()
    said = submitter.finished(submitter.start())

    assert f"Ended jobs that an earlier Snakemake had left on the cluster: {again}" in said
    assert "gres:gpu:1" in asked
    together = re.findall(r"TimeLimit=(\S+)", asked)
    assert together == ["00:20:00"]  # of two runs, one after the other
    assert local.wait(timeout=DEADLINE) == 0
    assert outputs(checkout, "results") == outputs(checkout, "here")
    assert not checkout.path("results/finished").exists()


@pytest.mark.fault("time runs out")
@pytest.mark.fault("`kill -9` of a training run inside its job")
@pytest.mark.fault("SLURM's controller is down for a minute")
@pytest.mark.fault("`kill -9` of the node's daemon, slurmd")
def test_a_training_goes_on_where_it_was_after_a_time_out_a_kill_and_daemons_that_fail(submitter, cluster):
    folder = submitter.checkout.path(f"results/resume/{submitter.long}/1")
    started = submitter.start()

    submitter.until(lambda: "epoch" in submitter.log_of_long, "a training under way")
    warned(submitter, submitter.training_long(), training(folder))
    submitter.until(lambda: "resumes in epoch" in submitter.log_of_long, "the second attempt")
    os.kill(training(folder), signal.SIGKILL)
    cluster.kill("slurmctld")
    cluster.kill("slurmd")
    time.sleep(OUTAGE)
    cluster.start("slurmctld")
    cluster.start("slurmd")
    said = submitter.finished(started)

    assert "resumes in epoch" in submitter.log_of_long
    assert said.count("Trying to restart job") >= 2  # the daemons may cost another


def training(folder):
    """The process that trains the run of a folder."""
    return json.loads((folder / "lock").read_text())["pid"]


def warned(submitter, job, process):
    """Its time is cut to a minute, of which it has had some; it stands still until SLURM's warning has come."""
    os.kill(process, signal.SIGSTOP)
    submitter.cluster.ask("scontrol", "update", f"JobId={job}", "TimeLimit=1")
    submitter.until(lambda: has_moved(Path(f"/proc/{process}/status")), "SLURM's warning")
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGCONT)


def has_moved(status):
    """Whether the warning waits for a process that stands still, or SLURM has woken it with the warning."""
    try:
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    except OSError:
        return True
    pending = int(lines["SigPnd"], 16) | int(lines["ShdPnd"], 16)
    return not lines["State"].strip().startswith("T") or pending & 1 << signal.SIGUSR1 - 1
