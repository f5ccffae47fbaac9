"""Reads config.yaml and the studies; what rules of several stages share."""

import os
import signal
from functools import cache
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.settings.types import DeploymentMethod

from folklore.execution.errors import UserError
from folklore.execution.failures import read_failures
from folklore.execution.start_command import LongOptions, StartCommand, option_words
from folklore.models import builder
from folklore.plan.identity import settings
from folklore.plan.load import load_plan
from folklore.plan.local_files import content_digest, recorded_digest
from folklore.plan.paths import Paths
from folklore.provenance.canonical import canonical, digest
from folklore.provenance.code_table import CodeTable
from folklore.schema.file_names import STUDY_NAME
from folklore.train.learners import LEARNERS

# A notebook sets MPLBACKEND for the processes that it starts; figures need no window, and matplotlib would not load.
os.environ.pop("MPLBACKEND", None)
# So that jobs find folklore in conda environments, on cluster nodes and under --directory.
os.environ.update(PYTHONPATH=os.pathsep.join(filter(None, [workflow.basedir, os.getenv("PYTHONPATH")])))

# SLURM sends its warning signal to all processes of a job: the training run handles it, the Snakemake around it must not
# end.
if not workflow.is_main_process:
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)

try:
    PLAN = load_plan(
        config, Path(workflow.basedir, "studies"), content_digest if workflow.is_main_process else recorded_digest
    )
except UserError as error:
    raise WorkflowError(str(error)) from None

FAILURES = read_failures()
PATHS = Paths(PLAN, FAILURES)
RECIPES, RESULTS, EDITION = PLAN.recipes, PATHS.results, PATHS.edition
START = StartCommand(deployed=bool(workflow.deployment_settings.deployment_method), remote=workflow.remote_exec)
LONG = LongOptions(f"{RESULTS}/options", digest)
CODE = CodeTable()


# Snakemake refuses an image path with a space, even if no container is requested.
if DeploymentMethod.APPTAINER in workflow.deployment_settings.deployment_method:

    container: str(Path(workflow.basedir, "envs/folklore.sif"))


wildcard_constraints:
    recipe="[^/]+",
    weights="[a-z0-9_]+",
    seed=r"\d+",
    probe="[a-z_]+",
    dataset="[^/]+",
    split="[^/]+",
    checkpoint="initial|last|best|stopped",
    study=STUDY_NAME,
    figure="[a-z0-9_]+",


def environment(name):
    """Path of a conda environment; Snakemake takes single braces for wildcards."""
    return str(Path(workflow.basedir, f"envs/{name}.yaml")).replace("{", "{{").replace("}", "}}")


TRAINING_ENVIRONMENT = environment("training-gpu" if PLAN.config.device == "cuda" else "training-cpu")
NUMBERS_ENVIRONMENT = environment("analysis")


def start(job, options=None):
    """Param function: how a job is called, with options that cause no rerun.

    Snakemake does not track a param that depends on the output: another Python must not retrain anything.
    """

    def command(wildcards, output):
        return f"{START.of(job)} {options(wildcards) if options else ''}"

    return command


def code(job, *entries):
    return CODE.fingerprint(f"folklore.jobs.{job}", *entries)


def models_of(recipes):
    """The builders, and the files of users that they run."""
    networks = [recipe.network for recipe in recipes if recipe.network]
    files = {str(file) for network in networks for file in network.files}
    return sorted({builder(network.name) for network in networks} | files)


def option(value):
    return LONG.option(canonical(value))


def study_of(wildcards):
    return PLAN.studies[wildcards.study]


def table(name):
    return PATHS.table("{study}", name)
