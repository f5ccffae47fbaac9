"""Functions of the rules of data.smk."""

from shlex import quote

from folklore.plan.datasets.known_dataset import description_module, reader
from folklore.plan.identity import dataset_settings, split_settings


def dataset_request(wildcards):
    return canonical(dataset_settings(PLAN.datasets[wildcards.dataset]))


def dataset_path(wildcards):
    """Untracked, since the content of the files counts, which is among the settings."""
    return f"--path={quote(PLAN.datasets[wildcards.dataset].path or '')}"


def preparing_code(wildcards):
    data = PLAN.datasets[wildcards.dataset]
    return code("prepare_data", reader(data.name, data.source), *description_module(data.name))


def split_request(wildcards):
    return canonical(split_settings(PLAN.splits[wildcards.split]))


def arrays_of_split(wildcards):
    return f"{PATHS.dataset_of_split(wildcards.split)}.npz"


def provenance_of_split(wildcards):
    return f"{PATHS.dataset_of_split(wildcards.split)}.json"
