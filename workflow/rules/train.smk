"""One training a run, and what can be said of a study's variants without training."""


def identity_of(wildcards):
    return canonical(settings(RECIPES[wildcards.recipe]))


@cache
def complete_settings(recipe):
    return canonical(RECIPES[recipe].model_dump(mode="json"))


def settings_of(wildcards, threads):
    """With all defaults. Untracked, since the identity is what counts: a new setting's default retrains nothing."""
    return complete_settings(wildcards.recipe)


def learner_of(wildcards):
    return RECIPES[wildcards.recipe].learner


def training_code(wildcards):
    recipe = RECIPES[wildcards.recipe]
    return code("train_run", LEARNERS[recipe.learner], *models_of([recipe]))


def device_asked_for(wildcards, threads):
    return PLAN.config.device


def arrays_of_run(wildcards):
    return f"{RESULTS}/data/{dataset_id(RECIPES[wildcards.recipe].data)}.npz"


def provenance_of_run(wildcards):
    return f"{RESULTS}/data/{dataset_id(RECIPES[wildcards.recipe].data)}.json"


def indices_of_run(wildcards):
    return f"{RESULTS}/splits/{split_id(RECIPES[wildcards.recipe].data)}.npz"


def parent_of(wildcards):
    parent = RECIPES[wildcards.recipe].parent
    return [f"{RESULTS}/runs/{parent.recipe}/{wildcards.seed}/weights.safetensors"] if parent else []


rule train_run:
    input:
        arrays=ancient(arrays_of_run),
        provenance=provenance_of_run,
        indices=indices_of_run,
        parent=parent_of,
    output:
        history=f"{RESULTS}/runs/{{recipe}}/{{seed}}/history.csv",
        scores=f"{RESULTS}/runs/{{recipe}}/{{seed}}/scores.json",
        cost=f"{RESULTS}/runs/{{recipe}}/{{seed}}/cost.json",
        weights=f"{RESULTS}/runs/{{recipe}}/{{seed}}/weights.safetensors",
    log:
        f"{RESULTS}/logs/train_run/{{recipe}}/{{seed}}.log",
    params:
        python=interpreter,
        identity=identity_of,
        code=training_code,
        settings=settings_of,
        learner=learner_of,
        device=device_asked_for,
    conda:
        "../../envs/deep.yaml"
    shell:
        "{params.python} -m folklore.jobs.train_run --settings {params.settings:q} --learner {params.learner}"
        " --seed {wildcards.seed} --device {params.device} --arrays {input.arrays:q}"
        " --provenance {input.provenance:q} --indices {input.indices:q} --parent {input.parent:q}"
        " --history {output.history:q} --scores {output.scores:q} --cost {output.cost:q}"
        " --weights {output.weights:q} > {log:q} 2>&1"


def data_of_study(kind):
    def files(wildcards):
        data = [variant.recipe.data for variant in study_of(wildcards).variants.values()]
        names = {"data": dataset_id, "splits": split_id}
        return sorted({f"{RESULTS}/{kind}/{names[kind](each)}.json" for each in data})

    return files


def variants_in_full(wildcards):
    return canonical(
        {
            variant.name: {
                "recipe": variant.id,
                "settings": variant.recipe.model_dump(mode="json"),
                "dataset": dataset_id(variant.recipe.data),
                "split": split_id(variant.recipe.data),
                "budget": variant.budget,
            }
            for variant in study_of(wildcards).variants.values()
        }
    )


def describing_code(wildcards):
    return code("describe_study", *models_of(variant.recipe for variant in study_of(wildcards).variants.values()))


rule describe_study:
    input:
        data=data_of_study("data"),
        splits=data_of_study("splits"),
    output:
        table("facts.json"),
    log:
        f"{EDITION}/logs/describe_study/{{study}}.log",
    params:
        python=interpreter,
        variants=variants_in_full,
        code=describing_code,
        folder=RESULTS,
    conda:
        "../../envs/deep.yaml"
    shell:
        "{params.python} -m folklore.jobs.describe_study --variants {params.variants:q} --folder {params.folder:q}"
        " --facts {output:q} > {log:q} 2>&1"
