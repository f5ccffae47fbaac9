"""What the rules of data.smk ask."""


def dataset_request(wildcards):
    return canonical(dataset_settings(DATA_OF[wildcards.dataset]))


def local_path(wildcards, output):
    """Untracked, since the content of the files counts, which is among the settings."""
    return DATA_OF[wildcards.dataset].path or ""


def split_request(wildcards):
    return canonical(split_settings(SPLIT_OF[wildcards.split]))


def dataset_of_split(wildcards):
    return f"{RESULTS}/data/{dataset_id(SPLIT_OF[wildcards.split])}"


def arrays_of_split(wildcards):
    return f"{dataset_of_split(wildcards)}.npz"


def provenance_of_split(wildcards):
    return f"{dataset_of_split(wildcards)}.json"


def preparing_code(wildcards):
    data = DATA_OF[wildcards.dataset]
    return code("prepare_data", reader(data.name, data.source), *description_module(data.name))
