"""What comes before the first job, and after the last."""

import threading
import time

from folklore.provenance.code_record import record_code
from folklore.execution.results_lock import lock_results
from folklore.execution.slurm_outage import survive_outages
from folklore.execution.slurm import ask, end
from folklore.execution.finished_runs import forget


def hold_results():
    """Before the first job: this Snakemake alone, and on SLURM no job that an earlier one has left."""
    executor = workflow.scheduler._executor
    try:
        held = lock_results(Path(RESULTS))
        if run := getattr(executor, "run_uuid", None):
            if held.submitted and (ended := end(held.submitted)):
                logger.info(f"Ended jobs that an earlier Snakemake had left on the cluster: {', '.join(ended)}")
            ask_for_each_rule()
            held.note([run])
            survive_outages(executor, logger.info)
    except UserError as error:
        raise WorkflowError(str(error)) from None


def ask_for_each_rule():
    """A refusal would be told once a job, and leaves a Snakemake that submits groups waiting for ever."""
    for job in {job.rule.name: job for job in workflow.dag.needrun_jobs() if not job.is_local}.values():
        asked = job.resources
        ask(
            asked.get("slurm_partition"),
            asked.get("slurm_account"),
            time=asked.get("runtime"),
            mem=asked.get("mem_mb"),
            gpus=asked.get("gpu"),
        )


def bring_times_back():
    """After a clock that jumped: Snakemake fails a job whose inputs are newer than what it has just written."""
    for path in {path for job in workflow.dag.needrun_jobs() for path in job.input}:
        if os.path.exists(path) and os.path.getmtime(path) > time.time():
            os.utime(path)
            logger.info(f"{path} had a time in the future, which is now the present one")


def end_timers():
    """Snakemake's scheduler leaves timers behind, for whose end the process would wait."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()
