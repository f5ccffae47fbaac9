"""A workflow of folklore's shape with nothing in it: what Snakemake itself costs."""


configfile: "config.yaml"


RUNS = [f"runs/{recipe}/{seed}/scores.json" for recipe in range(config["recipes"]) for seed in config["seeds"]]


localrules:
    report,
    collect_scores,
    write_report,


rule report:
    input:
        "report.html",
        RUNS,


rule prepare_data:
    output:
        arrays="data.npz",
        provenance="data.json",
    shell:
        "touch {output}"


rule train_run:
    input:
        arrays=ancient("data.npz"),
        provenance="data.json",
    output:
        scores="runs/{recipe}/{seed}/scores.json",
        weights="runs/{recipe}/{seed}/weights.safetensors",
    log:
        "logs/{recipe}/{seed}.log",
    params:
        settings="{recipe}",
    shell:
        "sh stand_in.sh --settings {params.settings} --seed {wildcards.seed}"
        " --scores {output.scores} --weights {output.weights} > {log} 2>&1"


rule collect_scores:
    input:
        RUNS,
    output:
        "runs.csv",
    shell:
        "touch {output}"


rule write_report:
    input:
        "runs.csv",
    output:
        "report.html",
    shell:
        "touch {output}"
