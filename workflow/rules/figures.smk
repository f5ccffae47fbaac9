"""Figures, each drawn from one table."""


def drawing_of(wildcards):
    return study_of(wildcards).study.figures[wildcards.figure]


def drawing_settings(wildcards):
    return canonical({"kind": drawing_of(wildcards).kind, **settings(drawing_of(wildcards))})


def drawing_code(wildcards):
    return code("draw_figure", FIGURES[drawing_of(wildcards).kind])


def table_drawn(wildcards):
    return f"{EDITION}/tables/{wildcards.study}/{drawing_of(wildcards).reads}"


def data_note(wildcards):
    sources = sources_of(study_of(wildcards))
    return "stand-in data (embedded)" if "embedded" in sources else f"data: {', '.join(sources)}"


rule draw_figure:
    input:
        table_drawn,
    output:
        svg=report(
            f"{EDITION}/figures/{{study}}/{{figure}}.svg",
            caption="../../report/captions/figure.rst",
            category="Figures",
            subcategory="{study}",
            labels={"figure": "{figure}"},
        ),
        pdf=f"{EDITION}/figures/{{study}}/{{figure}}.pdf",
        png=f"{EDITION}/figures/{{study}}/{{figure}}.png",
    log:
        f"{EDITION}/logs/draw_figure/{{study}}/{{figure}}.log",
    params:
        python=interpreter,
        drawing=drawing_settings,
        style=canonical(PLAN.config.style.model_dump(mode="json")),
        note=data_note,
        code=drawing_code,
    conda:
        "../../envs/numbers.yaml"
    shell:
        "{params.python} -m folklore.jobs.draw_figure --drawing {params.drawing:q} --style {params.style:q}"
        " --note {params.note:q} --table {input:q}"
        " --svg {output.svg:q} --pdf {output.pdf:q} --png {output.png:q} > {log:q} 2>&1"
