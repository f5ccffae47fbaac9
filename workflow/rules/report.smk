"""One section a study, and the report that they make, as a page and as LaTeX."""

import subprocess


def study_in_full(wildcards):
    return canonical(study_of(wildcards).study.model_dump(mode="json", exclude_unset=True))


def figure_paths(wildcards):
    return canonical(figure_files(study_of(wildcards)))


def figures_of_study(wildcards):
    return [files["svg"] for files in figure_files(study_of(wildcards)).values()]


def sections(wildcards):
    return [f"{EDITION}/report/sections/{study}.json" for study in PLAN.studies]


def figures_of_report(wildcards):
    return [files["pdf"] for study in PLAN.studies.values() for files in figure_files(study).values()]


def templates(pattern):
    """The templates that a rendering stands on; small files, so that Snakemake compares their content."""
    return sorted(os.path.relpath(path) for path in Path(workflow.basedir, "report").glob(pattern))


def what_was_asked(wildcards):
    return canonical(settings(PLAN.config))


def provenance(wildcards, threads):
    """Untracked, since a commit that changes no result needs no new report; what was asked for is tracked."""
    return canonical(
        {
            "scale": PLAN.config.scale,
            "edition": PLAN.config.edition,
            "command": "snakemake --cores all report",
            "code": code_version(),
            "config": PLAN.config.model_dump(mode="json"),
        }
    )


def code_version():
    command = ["git", "-C", workflow.basedir, "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown (not a git checkout)"


rule write_section:
    input:
        runs=table("runs.csv"),
        facts=table("facts.json"),
        verdicts=f"{EDITION}/verdicts/{{study}}.json",
        figures=figures_of_study,
    output:
        f"{EDITION}/report/sections/{{study}}.json",
    log:
        f"{EDITION}/logs/write_section/{{study}}.log",
    params:
        python=interpreter,
        study=study_in_full,
        figures=figure_paths,
        edition=PLAN.config.edition,
        scale=PLAN.config.scale,
        code=code("write_section"),
    conda:
        "../../envs/numbers.yaml"
    shell:
        "{params.python} -m folklore.jobs.write_section --name {wildcards.study} --study {params.study:q}"
        " --edition {params.edition} --scale {params.scale} --figures {params.figures:q}"
        " --runs {input.runs:q} --facts {input.facts:q} --verdicts {input.verdicts:q}"
        " --section {output:q} > {log:q} 2>&1"


rule write_report:
    input:
        sections=sections,
        templates=templates("*.html.jinja") + templates("*.css"),
    output:
        report(f"{EDITION}/report/index.html", caption="../../report/captions/report.rst", category="Report"),
    log:
        f"{EDITION}/logs/write_report.log",
    params:
        python=interpreter,
        asked=what_was_asked,
        provenance=provenance,
        code=code("write_report"),
    conda:
        "../../envs/numbers.yaml"
    shell:
        "{params.python} -m folklore.jobs.write_report --sections {input.sections:q} --provenance {params.provenance:q}"
        " --html {output:q} > {log:q} 2>&1"


rule write_latex:
    input:
        sections=sections,
        templates=templates("*.tex.jinja") + templates("*.bib"),
    output:
        f"{EDITION}/report/report.tex",
    log:
        f"{EDITION}/logs/write_latex.log",
    params:
        python=interpreter,
        asked=what_was_asked,
        provenance=provenance,
        code=code("write_latex"),
    conda:
        "../../envs/numbers.yaml"
    shell:
        "{params.python} -m folklore.jobs.write_latex --sections {input.sections:q} --provenance {params.provenance:q}"
        " --tex {output:q} > {log:q} 2>&1"


rule typeset_report:
    input:
        tex=f"{EDITION}/report/report.tex",
        figures=figures_of_report,
    output:
        f"{EDITION}/report/report.pdf",
    log:
        f"{EDITION}/logs/typeset_report.log",
    params:
        python=interpreter,
        code=code("typeset_report"),
    conda:
        "../../envs/numbers.yaml"
    shell:
        "{params.python} -m folklore.jobs.typeset_report --tex {input.tex:q} --pdf {output:q} > {log:q} 2>&1"
