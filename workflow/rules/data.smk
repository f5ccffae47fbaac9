"""Data sets, and the rows of them that serve training, validation and test."""


# How a data set that folklore does not know by name is read.
OF_ONES_OWN = "folklore.data.local:read"


def local_files(wildcards):
    data = DATA_OF[wildcards.dataset]
    return [data.path] if data.source == "local" else []


def dataset_request(wildcards):
    return canonical(dataset_settings(DATA_OF[wildcards.dataset]))


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
    return code("prepare_data", DATASETS[data.name][data.source] if data.name in DATASETS else OF_ONES_OWN)


rule prepare_data:
    input:
        local_files,
    output:
        arrays=f"{RESULTS}/data/{{dataset}}.npz",
        provenance=f"{RESULTS}/data/{{dataset}}.json",
    log:
        f"{RESULTS}/logs/prepare_data/{{dataset}}.log",
    params:
        python=interpreter,
        data=dataset_request,
        code=preparing_code,
        downloads=f"{RESULTS}/downloads",
    conda:
        "../../envs/deep.yaml"
    shell:
        "{params.python} -m folklore.jobs.prepare_data --data {params.data:q} --downloads {params.downloads:q}"
        " --arrays {output.arrays:q} --provenance {output.provenance:q} > {log:q} 2>&1"


rule split_data:
    input:
        # What the arrays hold is told by the small file with their checksum, so a mere touch retrains nothing.
        arrays=ancient(arrays_of_split),
        provenance=provenance_of_split,
    output:
        indices=f"{RESULTS}/splits/{{split}}.npz",
        counts=f"{RESULTS}/splits/{{split}}.json",
    log:
        f"{RESULTS}/logs/split_data/{{split}}.log",
    params:
        python=interpreter,
        split=split_request,
        code=code("split_data"),
    conda:
        "../../envs/deep.yaml"
    shell:
        "{params.python} -m folklore.jobs.split_data --split {params.split:q}"
        " --arrays {input.arrays:q} --provenance {input.provenance:q}"
        " --indices {output.indices:q} --counts {output.counts:q} > {log:q} 2>&1"
