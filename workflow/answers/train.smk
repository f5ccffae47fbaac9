"""What the rules of train.smk ask."""


# All seeds of a recipe ask the same, and there may be thousands.
@cache
def identity(recipe):
    return canonical(recipe_settings(RECIPES[recipe]))


@cache
def all_settings(recipe):
    return canonical(complete_settings(RECIPES[recipe]))


@cache
def dataset_file(recipe):
    return f"{RESULTS}/data/{dataset_id(RECIPES[recipe].data)}"


@cache
def split_file(recipe):
    return f"{RESULTS}/splits/{split_id(RECIPES[recipe].data)}"


def identity_of(wildcards):
    return identity(wildcards.recipe)


def settings_of(wildcards, output):
    """With all defaults. Untracked, since the identity is what counts: a new setting's default retrains nothing."""
    return all_settings(wildcards.recipe)


def learner_of(wildcards):
    return RECIPES[wildcards.recipe].learner


def training_code(wildcards):
    recipe = RECIPES[wildcards.recipe]
    recorders = [RECORDERS[name] for name in recipe.record]
    objectives = [OBJECTIVES[recipe.objective.name]] if recipe.learner == "gradient_descent" else []
    return code("train_run", LEARNERS[recipe.learner], *models_of([recipe]), *objectives, *recorders)


@cache
def device_of(recipe):
    """One that is named is a command; `auto` takes a graphics processor for what gains from it."""
    asked = PLAN.config.device
    if RECIPES[recipe].network is None or (asked == "auto" and not gains_from_gpu(RECIPES[recipe])):
        return "cpu"
    return asked


def device_asked_for(wildcards, output):
    return device_of(wildcards.recipe)


def runs_per_gpu(wildcards, output):
    return PLAN.config.runs_per_gpu


def resume_folder(wildcards, output):
    """Not declared, since Snakemake deletes what it knows of a job that failed."""
    return folder_of(RESULTS, wildcards.recipe, wildcards.seed)


def arrays_of_run(wildcards, output):
    """No input, since Snakemake reads every input of every job once more to note its checksum, and these are large.

    What they hold is told by the checksum in the small file beside them, which is an input.
    """
    return f"{dataset_file(wildcards.recipe)}.npz"


def provenance_of_run(wildcards):
    return f"{dataset_file(wildcards.recipe)}.json"


def indices_of_run(wildcards):
    return f"{split_file(wildcards.recipe)}.npz"


def run_of(edge, wildcards):
    """The folder of the run that an edge leads to."""
    return f"{RESULTS}/runs/{edge.recipe}/{edge.seed_of(wildcards.seed)}"


def parent_weights(name):
    """The weights file of an edge, if the recipe has that edge."""

    def files(wildcards):
        edge = RECIPES[wildcards.recipe].parents.edges.get(name)
        if edge is None:
            return []
        if edge.recipe is None:
            return [f"{RESULTS}/pretrained/{edge.pretrained}.safetensors"]
        return [f"{run_of(edge, wildcards)}/weights.safetensors"]

    return files


def teacher_logits_of_run(wildcards):
    edge, split = RECIPES[wildcards.recipe].parents.teacher, split_id(RECIPES[wildcards.recipe].data)
    return [f"{run_of(edge, wildcards)}/logits/{edge.checkpoint}/{split}.safetensors"] if edge else []


def predicting_code(wildcards):
    recipe = RECIPES[wildcards.recipe]
    return code("predict_logits", LEARNERS[recipe.learner], *models_of([recipe]))


def code_of_published_weights(wildcards):
    return code("fetch_weights", builder(PRETRAINED[wildcards.weights].network.name))


def scores_of_all_runs():
    runs = {(run.recipe, run.seed) for study in PLAN.studies.values() for run in study.runs}
    return available(f"{RESULTS}/runs/{recipe}/{seed}/scores.json" for recipe, seed in sorted(runs))


def data_of_study(kind):
    def files(wildcards):
        data = [variant.recipe.data for variant in study_of(wildcards).variants.values()]
        names = {"data": dataset_id, "splits": split_id}
        return sorted({f"{RESULTS}/{kind}/{names[kind](each)}.json" for each in data})

    return files


def variants_in_full(wildcards):
    variants = {
        variant.name: {
            "recipe": variant.id,
            "settings": complete_settings(variant.recipe),
            "dataset": dataset_id(variant.recipe.data),
            "split": split_id(variant.recipe.data),
            "budget": variant.budget,
        }
        for variant in study_of(wildcards).variants.values()
    }
    return option(canonical(variants))


def describing_code(wildcards):
    return code("describe_study", *models_of(variant.recipe for variant in study_of(wildcards).variants.values()))


def results_folder(wildcards):
    return RESULTS
