"""Probes of finished runs. Nothing is trained for them."""


rule probe_run:
    input:
        unpack(inputs_of_run),
        weights=f"{RESULTS}/runs/{{recipe}}/{{seed}}/weights.safetensors",
    output:
        records=f"{RESULTS}/runs/{{recipe}}/{{seed}}/probes/{{probe}}.csv",
        pictures=f"{RESULTS}/runs/{{recipe}}/{{seed}}/probes/{{probe}}.npz",
    log:
        f"{RESULTS}/logs/probe_run/{{recipe}}/{{seed}}/{{probe}}.log",
    group:
        allocation_of_run
    conda:
        TRAINING_ENVIRONMENT
    threads: 1
    resources:
        mem_mb=memory_of_run,
        runtime=minutes_of_run,
        gpu=gpus_of_run,
        run_slot=1,
    params:
        start=start("probe_run", options_of_run),
        identity=identity_of_run,
        code=probing_code,
    shell:
        "{params.start} --probe {wildcards.probe} --seed {wildcards.seed}"
        " --provenance {input.provenance:q} --indices {input.indices:q} --weights {input.weights:q}"
        " --records {output.records:q} --pictures {output.pictures:q} > {log:q} 2>&1"
