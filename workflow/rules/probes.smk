"""What is asked of runs that are over. Nothing is trained for it."""


rule probe_run:
    input:
        provenance=provenance_of_run,
        indices=indices_of_run,
        weights=f"{RESULTS}/runs/{{recipe}}/{{seed}}/weights.safetensors",
    output:
        records=f"{RESULTS}/runs/{{recipe}}/{{seed}}/probes/{{probe}}.csv",
        pictures=f"{RESULTS}/runs/{{recipe}}/{{seed}}/probes/{{probe}}.npz",
    log:
        f"{RESULTS}/logs/probe_run/{{recipe}}/{{seed}}/{{probe}}.log",
    group:
        allocation_of_run
    conda:
        DEEP_ENVIRONMENT
    threads: 1
    resources:
        mem_mb=memory_of_run,
        runtime=minutes_of_run,
        gpu=gpus_of_run,
        turn=1,
    params:
        start=start("probe_run"),
        identity=identity_of,
        code=probing_code,
        settings=settings_of,
        learner=learner_of,
        device=device_asked_for,
        arrays=arrays_of_run,
    shell:
        "{params.start} --probe {wildcards.probe} --settings {params.settings:q}"
        " --learner {params.learner} --seed {wildcards.seed} --device {params.device} --arrays {params.arrays:q}"
        " --provenance {input.provenance:q} --indices {input.indices:q} --weights {input.weights:q}"
        " --records {output.records:q} --pictures {output.pictures:q} > {log:q} 2>&1"
