"""Steps before Snakemake's first job and after its last; `workflow` is Snakemake's own object."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from folklore.execution import slurm
from folklore.execution.failures import VARIABLE, Failures, files_left_out
from folklore.execution.files import write_json
from folklore.execution.results_lock import lock_results
from folklore.execution.slurm_outage import survive_outages

Say = Callable[[str], None]


def hold_results(workflow: Any, results: Path, say: Say) -> None:
    """Let no other Snakemake use the results; on SLURM, end the jobs that an earlier one left.

    Raise UserError if another one uses them, or if SLURM would refuse a job.
    """
    executor = workflow.scheduler._executor
    lock = lock_results(results)
    run = getattr(executor, "run_uuid", None)
    if run is None:
        return
    if lock.submitted and (ended := slurm.end(lock.submitted)):
        say(f"Ended jobs that an earlier Snakemake had left on the cluster: {', '.join(ended)}")
    _check_requests(workflow)
    lock.note([run])
    survive_outages(executor, say)


def _check_requests(workflow: Any) -> None:
    """Ask SLURM once per rule: it would refuse each job, and a Snakemake that submits groups would wait forever."""
    for job in {job.rule.name: job for job in workflow.dag.needrun_jobs() if not job.is_local}.values():
        asked = job.resources
        slurm.ask(
            asked.get("slurm_partition"),
            asked.get("slurm_account"),
            time=asked.get("runtime"),
            mem=asked.get("mem_mb"),
            gpus=asked.get("gpu"),
        )


def reset_future_mtimes(workflow: Any, say: Say) -> None:
    """After a clock that jumped: Snakemake fails a job whose inputs are newer than its outputs."""
    for path in {Path(path) for job in workflow.dag.needrun_jobs() for path in job.input}:
        if path.exists() and path.stat().st_mtime > time.time():
            os.utime(path)
            say(f"{path}: modification time was in the future; reset to now")


def write_incomplete_report(
    workflow: Any, config: Mapping[str, Any], rules: Collection[str], known: Failures, edition: str, say: Say
) -> None:
    """After failures: run the rules of the report without what failed. The exit code stays that of a failure.

    `known`: the failures of earlier calls, which this call did without.
    """
    scheduler = workflow.scheduler
    interrupted = scheduler.running or not workflow.execution_settings.keep_going
    if interrupted or not any(job.rule.name == "write_report" for job in workflow.dag.jobs):
        return
    failures = known | files_left_out(scheduler.failed, workflow.dag.depending)
    if failures == known or f"{edition}/report/index.html" in failures:
        return
    path = f"{edition}/failures.json"
    write_json(Path(path), failures)
    say(f"Some jobs failed ({path} says why). Writing the report without them.")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as settings:
        json.dump(dict(config), settings)
        settings.flush()
        command = [sys.executable, "-m", "snakemake", "--snakefile", workflow.main_snakefile, "--cores", "1"]
        command += ["--configfile", settings.name, "--allowed-rules", *rules, "--", "report"]
        subprocess.run(command, env=os.environ | {VARIABLE: path}, check=False)


def end_timers() -> None:
    """End the timers that Snakemake's scheduler leaves behind; the process would wait for them."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()
