"""What the rules of probes.smk ask, and what others ask about probes."""


def probing_code(wildcards):
    recipe = RECIPES[wildcards.recipe]
    return code("probe_run", PROBES[wildcards.probe], LEARNERS[recipe.learner], *models_of([recipe]))


def probe_file(variant, seed, probe, kind):
    return f"{RESULTS}/runs/{variant.id}/{seed}/probes/{probe}.{kind}"


def probes_of_study(wildcards):
    return option(canonical(study_of(wildcards).probed))


def answers_of_probes(wildcards):
    return available(probe_files(study_of(wildcards)))


def probe_files(study):
    return [
        probe_file(study.variants[name], seed, probe, "csv")
        for probe, asked in study.probed.items()
        for name in asked
        for seed in study.seeds
    ]
