"""What jobs ask of a cluster. On one's own machine these numbers limit nothing."""

import signal

from folklore.plan.resources.demand import memory_mb
from folklore.plan.resources.forecast import RunHistory

PAST = RunHistory(Path(RESULTS), RECIPES)
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
    """The group of short runs, which share one; None: one of its own, or this machine."""
    if not workflow.executor_plugin.common_settings.non_local_exec:
        return None
    if forecast_of(wildcards.recipe).time_limit() > SHORT:
        return None
    return "short_gpu_runs" if gpus_of_run(wildcards) else "short_runs"


def growing(amount):
    """Memory or minutes that grow with every attempt."""

    def asked(wildcards, attempt):
        return attempt * amount

    return asked
