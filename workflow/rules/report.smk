"""One section per study, and the report that they make, as a page and as LaTeX."""


include: "report_functions.smk"


localrules:
    write_section,
    write_report,
    write_latex,
    typeset_report,


rule write_section:
    input:
        runs=table("runs.csv"),
        facts=table("facts.json"),
        metrics=table("metrics.csv"),
        verdicts=f"{EDITION}/verdicts/{{study}}.json",
        figures=figures_of_study,
    output:
        f"{EDITION}/report/sections/{{study}}.json",
    log:
        f"{EDITION}/logs/write_section/{{study}}.log",
    conda:
        NUMBERS_ENVIRONMENT
    params:
        start=start("write_section"),
        study=study_in_full,
        figures=figure_paths,
        failures=failures_of_study,
        edition=PLAN.config.edition,
        scale=PLAN.config.scale,
        code=writing_code,
    shell:
        "{params.start} --name {wildcards.study} --study {params.study:q}"
        " --edition {params.edition} --scale {params.scale} --figures {params.figures:q} --failures {params.failures:q}"
        " --runs {input.runs:q} --facts {input.facts:q} --metrics {input.metrics:q}"
        " --verdicts {input.verdicts:q} --section {output:q} > {log:q} 2>&1"


rule write_report:
    input:
        sections=sections,
        templates=templates("*.html.jinja") + templates("*.css"),
        accepted=accepted_changes,
    output:
        report(f"{EDITION}/report/index.html", caption="../../report/captions/report.rst", category="Report"),
    log:
        f"{EDITION}/logs/write_report.log",
    conda:
        NUMBERS_ENVIRONMENT
    params:
        start=start("write_report", provenance),
        asked=configuration,
        failures=studies_without_section,
        code=code("write_report"),
    shell:
        "{params.start} --sections {input.sections:q} --failures {params.failures:q}"
        " --accepted {input.accepted:q} --html {output:q} > {log:q} 2>&1"


rule write_latex:
    input:
        sections=sections,
        templates=templates("*.tex.jinja") + templates("*.bib"),
        accepted=accepted_changes,
    output:
        f"{EDITION}/report/report.tex",
    log:
        f"{EDITION}/logs/write_latex.log",
    conda:
        NUMBERS_ENVIRONMENT
    params:
        start=start("write_latex", provenance),
        asked=configuration,
        failures=studies_without_section,
        code=code("write_latex"),
    shell:
        "{params.start} --sections {input.sections:q} --failures {params.failures:q}"
        " --accepted {input.accepted:q} --tex {output:q} > {log:q} 2>&1"


rule typeset_report:
    input:
        tex=f"{EDITION}/report/report.tex",
        figures=figures_of_report,
    output:
        f"{EDITION}/report/report.pdf",
    log:
        f"{EDITION}/logs/typeset_report.log",
    conda:
        NUMBERS_ENVIRONMENT
    params:
        start=start("typeset_report"),
        code=code("typeset_report"),
    shell:
        "{params.start} --tex {input.tex:q} --pdf {output:q} > {log:q} 2>&1"
