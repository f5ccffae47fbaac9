"""Training runs, their parents, and the facts of a study's variants that need no training."""


include: "train_functions.smk"


# Downloads; compute nodes may have no internet access.
localrules:
    fetch_weights,


rule fetch_weights:
    output:
        f"{RESULTS}/pretrained/{{weights}}.safetensors",
    log:
        f"{RESULTS}/logs/fetch_weights/{{weights}}.log",
    conda:
        TRAINING_ENVIRONMENT
    params:
        start=start("fetch_weights"),
        code=code_of_published_weights,
        downloads=f"{RESULTS}/downloads",
    shell:
        "{params.start} --name {wildcards.weights} --downloads {params.downloads:q}"
        " --weights {output:q} > {log:q} 2>&1"


rule train_run:
    input:
        unpack(inputs_of_run),
        unpack(parents_of_run),
    output:
        # History, records and cost are undeclared: planning takes time per file, and the scores store their checksums.
        scores=f"{RESULTS}/runs/{{recipe}}/{{seed}}/scores.json",
        weights=f"{RESULTS}/runs/{{recipe}}/{{seed}}/weights.safetensors",
    log:
        f"{RESULTS}/logs/train_run/{{recipe}}/{{seed}}.log",
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
        start=start("train_run", options_of_training),
        identity=identity_of_run,
        code=training_code,
    shell:
        "{params.start} --seed {wildcards.seed} --code {params.code}"
        " --provenance {input.provenance:q} --indices {input.indices:q}"
        " --weights_parent {input.weights_parent:q} --mask_parent {input.mask_parent:q}"
        " --teacher_logits {input.teacher_logits:q}"
        " --scores {output.scores:q} --weights {output.weights:q} > {log:q} 2>&1"


rule predict_logits:
    input:
        unpack(inputs_of_run),
        rows=f"{RESULTS}/splits/{{split}}.npz",
        weights=f"{RESULTS}/runs/{{recipe}}/{{seed}}/weights.safetensors",
    output:
        f"{RESULTS}/runs/{{recipe}}/{{seed}}/logits/{{checkpoint}}/{{split}}.safetensors",
    log:
        f"{RESULTS}/logs/predict_logits/{{recipe}}/{{seed}}/{{checkpoint}}/{{split}}.log",
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
        start=start("predict_logits", options_of_run),
        identity=identity_of_run,
        code=predicting_code,
    shell:
        "{params.start} --checkpoint {wildcards.checkpoint}"
        " --provenance {input.provenance:q} --indices {input.indices:q} --rows {input.rows:q}"
        " --weights {input.weights:q} --logits {output:q} > {log:q} 2>&1"


rule describe_study:
    input:
        unpack(data_of_study),
    output:
        table("facts.json"),
    log:
        f"{EDITION}/logs/describe_study/{{study}}.log",
    conda:
        TRAINING_ENVIRONMENT
    threads: 1
    resources:
        mem_mb=per_attempt(4000),
        runtime=per_attempt(30),
    params:
        start=start("describe_study"),
        variants=variants_of_study,
        code=describing_code,
        folder=results_folder,
    shell:
        "{params.start} --variants {params.variants:q} --folder {params.folder:q} --facts {output:q} > {log:q} 2>&1"
