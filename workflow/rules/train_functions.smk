"""Functions of the rules of train.smk and probes.smk."""

from folklore.plan.identity import complete_settings, dataset_id, recipe_settings, split_id
from folklore.plan.resources.request import RunRequests
from folklore.schema.pretrained import PRETRAINED
from folklore.train.objectives import OBJECTIVES
from folklore.train.probes import PROBES
from folklore.train.recorders import RECORDERS

REQUESTS = RunRequests(PLAN)


def inputs_of_run(wildcards):
    """The arrays of the dataset are not declared: Snakemake would read them after every run to record their checksum,
    which the small provenance file already holds."""
    return {
        "provenance": PATHS.provenance(wildcards.recipe),
        "indices": PATHS.indices(wildcards.recipe),
    }


def parents_of_run(wildcards):
    parents = PATHS.parents(wildcards.recipe, wildcards.seed)
    return {
        "weights_parent": parents["weights"],
        "mask_parent": parents["mask"],
        "teacher_logits": PATHS.teacher_logits(wildcards.recipe, wildcards.seed),
    }


@cache
def identity(recipe):
    return canonical(recipe_settings(RECIPES[recipe]))


def identity_of_run(wildcards):
    return identity(wildcards.recipe)


@cache
def options_of_recipe(recipe):
    known = RECIPES[recipe]
    return option_words(
        {
            "settings": canonical(complete_settings(known)),
            "learner": known.learner,
            "device": REQUESTS.device(recipe),
            "arrays": PATHS.arrays(recipe),
        }
    )


def options_of_run(wildcards):
    """Options that the identity stands for, or that change no result: a new setting's default retrains nothing."""
    return options_of_recipe(wildcards.recipe)


def options_of_training(wildcards):
    resume = PATHS.resume(wildcards.recipe, wildcards.seed)
    own = {"runs_per_gpu": PLAN.config.runs_per_gpu, "resume": resume}
    return f"{options_of_run(wildcards)} {option_words(own)}"


def training_code(wildcards):
    recipe = RECIPES[wildcards.recipe]
    recorders = [RECORDERS[name] for name in recipe.record]
    objectives = [OBJECTIVES[recipe.objective.name]] if recipe.learner == "gradient_descent" else []
    return code("train_run", LEARNERS[recipe.learner], *models_of([recipe]), *objectives, *recorders)


def probing_code(wildcards):
    recipe = RECIPES[wildcards.recipe]
    return code("probe_run", PROBES[wildcards.probe], LEARNERS[recipe.learner], *models_of([recipe]))


def predicting_code(wildcards):
    recipe = RECIPES[wildcards.recipe]
    return code("predict_logits", LEARNERS[recipe.learner], *models_of([recipe]))


def code_of_published_weights(wildcards):
    return code("fetch_weights", builder(PRETRAINED[wildcards.weights].network.name))


def memory_of_run(wildcards, attempt):
    return REQUESTS.memory_mb(wildcards.recipe, attempt)


def minutes_of_run(wildcards, attempt):
    return REQUESTS.minutes(wildcards.recipe, attempt)


def gpus_of_run(wildcards):
    return REQUESTS.gpus(wildcards.recipe)


def allocation_of_run(wildcards):
    """None on a single machine too."""
    return REQUESTS.allocation(wildcards.recipe) if workflow.executor_plugin.common_settings.non_local_exec else None


def per_attempt(amount):
    """Resource function: memory or minutes that grow with every attempt."""

    def requested(wildcards, attempt):
        return attempt * amount

    return requested


def data_of_study(wildcards):
    return PATHS.data(study_of(wildcards))


def variants_of_study(wildcards):
    return option(
        {
            variant.name: {
                "recipe": variant.id,
                "settings": complete_settings(variant.recipe),
                "dataset": dataset_id(variant.recipe.data),
                "split": split_id(variant.recipe.data),
                "budget": variant.budget,
            }
            for variant in study_of(wildcards).variants.values()
        }
    )


def results_folder(wildcards):
    return RESULTS


def describing_code(wildcards):
    return code("describe_study", *models_of(variant.recipe for variant in study_of(wildcards).variants.values()))
