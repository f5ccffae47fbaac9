"""Figures, each drawn from one table, or from the arrays of a probe."""


include: "figures_functions.smk"


localrules:
    draw_figure,


rule draw_figure:
    input:
        unpack(tables_of_figure),
        pictures=pictures_of_figure,
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
    conda:
        NUMBERS_ENVIRONMENT
    params:
        start=start("draw_figure"),
        drawing=drawing_settings,
        style=canonical(PLAN.config.style.model_dump(mode="json")),
        note=note_of_figure,
        code=drawing_code,
    shell:
        "{params.start} --drawing {params.drawing:q} --style {params.style:q}"
        " --note {params.note:q} --table {input.table:q} --pictures {input.pictures:q}"
        " --svg {output.svg:q} --pdf {output.pdf:q} --png {output.png:q} > {log:q} 2>&1"
