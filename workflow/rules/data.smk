"""Data sets, and the rows of them that serve training, validation and test."""


rule prepare_data:
    output:
        arrays=f"{RESULTS}/data/{{dataset}}.npz",
        provenance=f"{RESULTS}/data/{{dataset}}.json",
    log:
        f"{RESULTS}/logs/prepare_data/{{dataset}}.log",
    conda:
        DEEP_ENVIRONMENT
    params:
        start=start("prepare_data"),
        data=dataset_request,
        path=local_path,
        code=preparing_code,
        downloads=f"{RESULTS}/downloads",
        contents=CONTENTS,
    shell:
        "{params.start} --data {params.data:q} --path={params.path:q}"
        " --downloads {params.downloads:q} --contents {params.contents:q}"
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
    conda:
        DEEP_ENVIRONMENT
    params:
        start=start("split_data"),
        split=split_request,
        code=code("split_data"),
    shell:
        "{params.start} --split {params.split:q}"
        " --arrays {input.arrays:q} --provenance {input.provenance:q}"
        " --indices {output.indices:q} --counts {output.counts:q} > {log:q} 2>&1"
