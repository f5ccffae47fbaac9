"""What comes before the first job, and after the last."""

import tempfile
import threading
import time

from folklore.provenance.code_record import record_code
from folklore.execution.results_lock import lock_results
from folklore.execution.slurm_outage import survive_outages
from folklore.execution.slurm import ask, end
from folklore.execution.finished_runs import forget
from folklore.execution.failures import VARIABLE, files_left_out
from folklore.execution.files import write_json


def hold_results():
    """Before the first job: this Snakemake alone, and on SLURM no job that an earlier one has left."""
    if FAILURES:
        return  # the Snakemake that met them holds the folder
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


# Jobs that make a report of finished runs. No other rule may run for an incomplete one.
OF_THE_REPORT = """
    collect_scores compute_metrics judge_claims draw_figure write_section write_report write_latex typeset_report report
"""


def write_incomplete_report():
    """After failures: run the rules of the report without what failed. The exit code stays that of a failure."""
    scheduler = workflow.scheduler
    interrupted = scheduler.running or not workflow.execution_settings.keep_going
    if interrupted or not any(job.rule.name == "write_report" for job in workflow.dag.jobs):
        return
    failures = FAILURES | files_left_out(scheduler.failed, workflow.dag.depending)
    if failures == FAILURES or f"{EDITION}/report/index.html" in failures:
        return
    path = f"{EDITION}/failures.json"
    write_json(Path(path), failures)
    logger.info(f"Some jobs failed ({path} says why). Writing the report without them.")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as settings:
        json.dump(config, settings)
        settings.flush()
        command = [sys.executable, "-m", "snakemake", "--snakefile", workflow.main_snakefile, "--cores", "1"]
        command += ["--configfile", settings.name, "--allowed-rules", *OF_THE_REPORT.split(), "--", "report"]
        subprocess.run(command, env=os.environ | {VARIABLE: path}, check=False)


def end_timers():
    """Snakemake's scheduler leaves timers behind, for whose end the process would wait."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()
