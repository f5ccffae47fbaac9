"""What jobs ask of a cluster, and what comes before the first. On one's own machine these numbers limit nothing."""

import signal

from folklore.demand import memory_mb
from folklore.finished import forget
from folklore.forecast import PastRuns
from folklore.hold import hold
from folklore.slurm import ask, end

PAST = PastRuns(Path(RESULTS), RECIPES)
SHORT = 20  # minutes of time limit up to which trainings share an allocation

# SLURM's warning goes to all processes of a job; it is for the training, which listens, and must not end those around.
if not workflow.is_main_process:
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)


@cache
def forecast_of(recipe):
    return PAST.forecast(recipe)


@cache
def memory_of(recipe):
    return memory_mb(RECIPES[recipe])


def memory_of_run(wildcards, attempt):
    return attempt * memory_of(wildcards.recipe)


def minutes_of_run(wildcards, attempt):
    return forecast_of(wildcards.recipe).time_limit(attempt)


def gpus_of_run(wildcards):
    return int(device_of(wildcards.recipe) in ("auto", "cuda"))


def allocation_of_run(wildcards):
    """The group of short runs, which share one; None: one of its own."""
    if forecast_of(wildcards.recipe).time_limit() > SHORT:
        return None
    return "short_gpu_runs" if gpus_of_run(wildcards) else "short_runs"


def growing(amount):
    """Memory or minutes that grow with every attempt."""

    def asked(wildcards, attempt):
        return attempt * amount

    return asked


def hold_results():
    """Before the first job: this Snakemake alone, and on SLURM no job that an earlier one has left."""
    try:
        held = hold(Path(RESULTS))
        if run := getattr(workflow.scheduler._executor, "run_uuid", None):
            if held.submitted and (ended := end(held.submitted)):
                logger.info(f"Ended jobs that an earlier Snakemake had left on the cluster: {', '.join(ended)}")
            ask_for_each_rule()
            held.note([run])
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
