"""Reads config.yaml and the studies, and answers what rules of several stages ask about them."""

import os
from functools import cache
from pathlib import Path

from snakemake.exceptions import WorkflowError

from folklore.plan.datasets.known_dataset import description_module, reader
from folklore.wording.data_note import note
from folklore.figures import drawer
from folklore.models import builder
from folklore.plan.load import load_plan
from folklore.plan.local_files import content_digest, recorded_digest
from folklore.execution.errors import UserError
from folklore.execution.failures import read_failures
from folklore.plan.identity import complete_settings, dataset_id, dataset_settings, recipe_settings
from folklore.plan.identity import settings, split_id, split_settings
from folklore.schema.pretrained import PRETRAINED
from folklore.plan.resources.demand import gains_from_gpu
from folklore.execution.in_progress import folder_of
from folklore.provenance.canonical import canonical
from folklore.schema.figures import FORMATS
from folklore.schema.file_names import STUDY_NAME
from folklore.train.learners import LEARNERS
from folklore.train.objectives import OBJECTIVES
from folklore.train.probes import PROBES
from folklore.train.recorders import RECORDERS

# A notebook sets MPLBACKEND for the processes that it starts; figures need no window, and matplotlib would not load.
os.environ.pop("MPLBACKEND", None)
# So that jobs find folklore in conda environments, on cluster nodes and under --directory.
os.environ.update(PYTHONPATH=os.pathsep.join(filter(None, [workflow.basedir, os.getenv("PYTHONPATH")])))

try:
    contents = content_digest if workflow.is_main_process else recorded_digest
    PLAN = load_plan(config, Path(workflow.basedir, "studies"), contents)
except UserError as error:
    raise WorkflowError(str(error)) from None

FAILURES = read_failures()
RECIPES, DATA_OF, SPLIT_OF = PLAN.recipes, PLAN.datasets, PLAN.splits
RESULTS = PLAN.config.results
CONTENTS = f"{RESULTS}/contents"
EDITION = f"{RESULTS}/{PLAN.config.edition}"


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


DEEP_ENVIRONMENT = environment("deep-gpu" if PLAN.config.device == "cuda" else "deep-cpu")
NUMBERS_ENVIRONMENT = environment("numbers")


def study_of(wildcards):
    return PLAN.studies[wildcards.study]


def table(name):
    return f"{EDITION}/tables/{{study}}/{name}"


def figure_files(study):
    """Figure → format → path, without figures that could not be drawn."""
    stem = f"{EDITION}/figures/{study.name}"
    files = {name: {kind: f"{stem}/{name}.{kind}" for kind in FORMATS} for name in study.study.figures}
    return {name: paths for name, paths in files.items() if paths["svg"] not in FAILURES}


def available(paths):
    """The paths without those of files that failed jobs could not make."""
    return [path for path in paths if path not in FAILURES]


include: "../answers/calls.smk"
include: "../answers/data.smk"
include: "../answers/train.smk"
include: "../answers/cluster.smk"
include: "../answers/start.smk"
include: "../answers/probes.smk"
include: "../answers/analysis.smk"
include: "../answers/figures.smk"
include: "../answers/report.smk"


for answer in list(globals().values()):
    if isfunction(answer) and answer.__globals__ is globals():
        often_asked(answer)
