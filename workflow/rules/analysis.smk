"""From the scores of runs to the verdicts on claims."""


include: "analysis_functions.smk"


localrules:
    collect_scores,
    compute_metrics,
    judge_claims,


rule collect_scores:
    input:
        scores=scores_of_study,
        probes=probes_of_study,
    output:
        runs=table("runs.csv"),
        curves=table("curves.csv"),
        records=table("records.csv"),
    log:
        f"{EDITION}/logs/collect_scores/{{study}}.log",
    conda:
        NUMBERS_ENVIRONMENT
    params:
        start=start("collect_scores"),
        folder=f"{RESULTS}/runs",
        variants=identities_of_variants,
        seeds=seeds_of_study,
        probes=probed_variants,
        failed=inputs_left_out,
        code=code("collect_scores"),
    shell:
        "{params.start} --folder {params.folder:q} --variants {params.variants:q}"
        " --seeds {params.seeds:q} --probes {params.probes:q} --failed {params.failed:q} --runs {output.runs:q}"
        " --curves {output.curves:q} --records {output.records:q} > {log:q} 2>&1"


rule compute_metrics:
    input:
        runs=table("runs.csv"),
        curves=table("curves.csv"),
        records=table("records.csv"),
        facts=table("facts.json"),
    output:
        table("metrics.csv"),
    log:
        f"{EDITION}/logs/compute_metrics/{{study}}.log",
    conda:
        NUMBERS_ENVIRONMENT
    params:
        start=start("compute_metrics"),
        requests=metrics_of_study,
        selections=selections_of_study,
        code=code("compute_metrics"),
    shell:
        "{params.start} --requests {params.requests:q} --selections {params.selections:q}"
        " --runs {input.runs:q} --curves {input.curves:q} --records {input.records:q}"
        " --facts {input.facts:q} --metrics {output:q} > {log:q} 2>&1"


rule judge_claims:
    input:
        metrics=table("metrics.csv"),
        facts=table("facts.json"),
    output:
        report(
            f"{EDITION}/verdicts/{{study}}.json",
            caption="../../report/captions/verdicts.rst",
            category="Verdicts",
            labels={"study": "{study}"},
        ),
    log:
        f"{EDITION}/logs/judge_claims/{{study}}.log",
    conda:
        NUMBERS_ENVIRONMENT
    params:
        start=start("judge_claims"),
        claims=claims_of_study,
        selections=selections_of_study,
        code=judging_code,
    shell:
        "{params.start} --claims {params.claims:q} --selections {params.selections:q}"
        " --metrics {input.metrics:q} --facts {input.facts:q} --verdicts {output:q} > {log:q} 2>&1"
