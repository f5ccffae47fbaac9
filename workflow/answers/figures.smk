"""What the rules of figures.smk ask."""


def drawing_of(wildcards):
    return study_of(wildcards).study.figures[wildcards.figure]


def drawing_settings(wildcards):
    return canonical({"kind": drawing_of(wildcards).kind, **settings(drawing_of(wildcards))})


def drawing_code(wildcards):
    return code("draw_figure", FIGURES[drawing_of(wildcards).kind])


def tables_read(wildcards):
    return [f"{EDITION}/tables/{wildcards.study}/{name}" for name in drawing_of(wildcards).reads]


def table_drawn(wildcards):
    return tables_read(wildcards)[0]


def tables_beside(wildcards):
    """What a metric that is no column of the table is computed from."""
    return tables_read(wildcards)[1:]


def data_shown(wildcards):
    study = study_of(wildcards)
    named = drawing_of(wildcards).named or study.variants
    return data_note(study.variants[name].recipe.data for name in named if name in study.variants)
