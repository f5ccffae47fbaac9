"""Reads config.yaml and the studies, and answers what rules of several stages ask about them."""

import os
import shutil
import sys
import threading
from functools import cache
from pathlib import Path

from snakemake.exceptions import WorkflowError

from folklore.code_record import record_code
from folklore.data import DATASETS
from folklore.data_note import note
from folklore.demand import gains_from_gpu
from folklore.drawing import FORMATS
from folklore.figures import FIGURES
from folklore.files import write_text
from folklore.identity import (
    canonical,
    dataset_id,
    dataset_settings,
    digest,
    fingerprint,
    meanings,
    settings,
    split_id,
    split_settings,
)
from folklore.models import MODELS
from folklore.plan import plan
from folklore.problems import UserError
from folklore.recipe import PublishedParent
from folklore.train import KEEPERS, LEARNERS, PREDICTORS
from folklore.train.probes import PROBES
from folklore.train.recorders import RECORDERS
from folklore.under_way import folder_of

# So that jobs find folklore in conda environments, on cluster nodes and under --directory.
os.environ.update(PYTHONPATH=os.pathsep.join(filter(None, [workflow.basedir, os.getenv("PYTHONPATH")])))

try:
    PLAN = plan(config, Path(workflow.basedir, "studies"))
except UserError as error:
    raise WorkflowError(str(error)) from None

RECIPES, DATA_OF, SPLIT_OF = PLAN.recipes, PLAN.datasets, PLAN.splits
RESULTS = PLAN.config.results
EDITION = f"{RESULTS}/{PLAN.config.edition}"


wildcard_constraints:
    recipe="[^/]+",
    weights="[a-z0-9_]+",
    seed=r"\d+",
    probe="[a-z]+",
    dataset="[^/]+",
    split="[^/]+",
    study="[a-z0-9_]+",
    figure="[a-z0-9_]+",


DEEP_ENVIRONMENT = f"../../envs/deep-{'gpu' if PLAN.config.device == 'cuda' else 'cpu'}.yaml"


def start(job):
    """How a job is called, in the shell's place, so that signals reach it. Snakemake does not track what depends on
    threads: another Python must not retrain anything."""

    def command(wildcards, threads):
        deployed = workflow.deployment_settings and workflow.deployment_settings.deployment_method
        warm = sys.platform == "linux" and not (deployed or workflow.remote_exec)
        called = "kept" if job == "train_run" and workflow.remote_exec else f"warm {job}" if warm else job
        return f"exec {'python' if deployed else sys.executable} -m folklore.jobs.{called}"

    return command


def module_of(target):
    return target.partition(":")[0]


# Fingerprint → the modules that it stands for, of the code that this workflow has asked about.
CODE = {}


@cache
def code(job, *targets):
    modules = meanings(f"folklore.jobs.{job}", *map(module_of, targets))
    CODE[fingerprint(modules)] = modules
    return fingerprint(modules)


def models_of(recipes):
    return sorted({MODELS[recipe.network.name] for recipe in recipes if recipe.network})


# Path → content of what is too long for a command line: Linux gives a job's whole command 128 KiB, for some six options.
LONG_OPTIONS = {}
LONG = 16_000


def option(text):
    """JSON as it is; where it is long, `@` and the file that holds it when the first job starts."""
    if len(text.encode()) < LONG:
        return text
    path = f"{RESULTS}/options/{digest(text, 16)}.json"
    LONG_OPTIONS[path] = text
    return f"@{path}"


def write_long_options():
    for path, text in LONG_OPTIONS.items():
        write_text(Path(path), text)


def study_of(wildcards):
    return PLAN.studies[wildcards.study]


def table(name):
    return f"{EDITION}/tables/{{study}}/{name}"


def figure_files(study):
    """Figure → format → path."""
    stem = f"{EDITION}/figures/{study.name}"
    return {name: {kind: f"{stem}/{name}.{kind}" for kind in FORMATS} for name in study.study.figures}


def wants_pdf():
    return shutil.which("latexmk") is not None if PLAN.config.report.pdf == "auto" else PLAN.config.report.pdf


def end_timers():
    """Snakemake's scheduler leaves timers behind, for whose end the process would wait."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()


def report_files():
    return [f"{EDITION}/report/index.html", f"{EDITION}/report/report.{'pdf' if wants_pdf() else 'tex'}"]


include: "../answers/data.smk"
include: "../answers/train.smk"
include: "../answers/cluster.smk"
include: "../answers/start.smk"
include: "../answers/probes.smk"
include: "../answers/analysis.smk"
include: "../answers/figures.smk"
include: "../answers/report.smk"
