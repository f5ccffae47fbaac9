"""Datasets, and the rows of them for training, validation and test."""


include: "data_functions.smk"


localrules:
    prepare_data,
    split_data,


rule prepare_data:
    output:
        arrays=f"{RESULTS}/data/{{dataset}}.npz",
        provenance=f"{RESULTS}/data/{{dataset}}.json",
    log:
        f"{RESULTS}/logs/prepare_data/{{dataset}}.log",
    conda:
        TRAINING_ENVIRONMENT
    params:
        start=start("prepare_data", dataset_path),
        data=dataset_request,
        code=preparing_code,
        downloads=f"{RESULTS}/downloads",
        contents=f"{RESULTS}/contents",
    shell:
        "{params.start} --data {params.data:q}"
        " --downloads {params.downloads:q} --contents {params.contents:q}"
        " --arrays {output.arrays:q} --provenance {output.provenance:q} > {log:q} 2>&1"


rule split_data:
    input:
        # The small file holds the checksum of the arrays, so a mere touch retrains nothing.
        arrays=ancient(arrays_of_split),
        provenance=provenance_of_split,
    output:
        indices=f"{RESULTS}/splits/{{split}}.npz",
        counts=f"{RESULTS}/splits/{{split}}.json",
    log:
        f"{RESULTS}/logs/split_data/{{split}}.log",
    conda:
        TRAINING_ENVIRONMENT
    params:
        start=start("split_data"),
        split=split_request,
        code=code("split_data"),
    shell:
        "{params.start} --split {params.split:q}"
        " --arrays {input.arrays:q} --provenance {input.provenance:q}"
        " --indices {output.indices:q} --counts {output.counts:q} > {log:q} 2>&1"
