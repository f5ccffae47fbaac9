"""One training a run, what it may start from, and what can be said of a study's variants without training."""


rule fetch_weights:
    output:
        f"{RESULTS}/pretrained/{{weights}}.safetensors",
    log:
        f"{RESULTS}/logs/fetch_weights/{{weights}}.log",
    conda:
        DEEP_ENVIRONMENT
    params:
        start=start("fetch_weights"),
        code=code_of_published_weights,
        downloads=f"{RESULTS}/downloads",
    shell:
        "{params.start} --name {wildcards.weights} --downloads {params.downloads:q}"
        " --weights {output:q} > {log:q} 2>&1"


rule train_run:
    input:
        provenance=provenance_of_run,
        indices=indices_of_run,
        weights_parent=parent_weights("weights"),
        mask_parent=parent_weights("mask"),
        teacher_logits=teacher_logits_of_run,
    output:
        # Curves, records and cost lie beside: planning takes time by the file, and the scores hold their checksums.
        scores=f"{RESULTS}/runs/{{recipe}}/{{seed}}/scores.json",
        weights=f"{RESULTS}/runs/{{recipe}}/{{seed}}/weights.safetensors",
    log:
        f"{RESULTS}/logs/train_run/{{recipe}}/{{seed}}.log",
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
        start=start("train_run"),
        identity=identity_of,
        code=training_code,
        settings=settings_of,
        learner=learner_of,
        device=device_asked_for,
        runs_per_gpu=runs_per_gpu,
        resume=resume_folder,
        arrays=arrays_of_run,
    shell:
        "{params.start} --settings {params.settings:q} --learner {params.learner}"
        " --seed {wildcards.seed} --device {params.device} --runs_per_gpu {params.runs_per_gpu}"
        " --arrays {params.arrays:q} --provenance {input.provenance:q} --indices {input.indices:q}"
        " --weights_parent {input.weights_parent:q} --mask_parent {input.mask_parent:q}"
        " --teacher_logits {input.teacher_logits:q} --code {params.code} --resume {params.resume:q}"
        " --scores {output.scores:q} --weights {output.weights:q} > {log:q} 2>&1"


rule predict_logits:
    input:
        provenance=provenance_of_run,
        indices=indices_of_run,
        rows=f"{RESULTS}/splits/{{split}}.npz",
        weights=f"{RESULTS}/runs/{{recipe}}/{{seed}}/weights.safetensors",
    output:
        f"{RESULTS}/runs/{{recipe}}/{{seed}}/logits/{{checkpoint}}/{{split}}.safetensors",
    log:
        f"{RESULTS}/logs/predict_logits/{{recipe}}/{{seed}}/{{checkpoint}}/{{split}}.log",
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
        start=start("predict_logits"),
        identity=identity_of,
        code=predicting_code,
        settings=settings_of,
        learner=learner_of,
        device=device_asked_for,
        arrays=arrays_of_run,
    shell:
        "{params.start} --settings {params.settings:q} --learner {params.learner} --checkpoint {wildcards.checkpoint}"
        " --device {params.device} --arrays {params.arrays:q} --provenance {input.provenance:q}"
        " --indices {input.indices:q} --rows {input.rows:q} --weights {input.weights:q} --logits {output:q}"
        " > {log:q} 2>&1"


rule describe_study:
    input:
        data=data_of_study("data"),
        splits=data_of_study("splits"),
    output:
        table("facts.json"),
    log:
        f"{EDITION}/logs/describe_study/{{study}}.log",
    conda:
        DEEP_ENVIRONMENT
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(30),
    params:
        start=start("describe_study"),
        variants=variants_in_full,
        code=describing_code,
        folder=results_folder,
    shell:
        "{params.start} --variants {params.variants:q} --folder {params.folder:q}" " --facts {output:q} > {log:q} 2>&1"
