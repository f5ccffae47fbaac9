"""Figures, each drawn from one table, or from what probes saw."""


rule draw_figure:
    input:
        table=table_drawn,
        beside=tables_beside,
        pictures=pictures_shown,
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
        note=data_shown,
        code=drawing_code,
    shell:
        "{params.start} --drawing {params.drawing:q} --style {params.style:q}"
        " --note {params.note:q} --table {input.table:q} --pictures {input.pictures:q}"
        " --svg {output.svg:q} --pdf {output.pdf:q} --png {output.png:q} > {log:q} 2>&1"
