"""What the rules of figures.smk ask."""


def drawing_of(wildcards):
    return study_of(wildcards).study.figures[wildcards.figure]


def drawing_settings(wildcards):
    drawing = drawing_of(wildcards)
    shown = {"variants": variants_shown(wildcards)} if drawing.shows else {}
    return option(canonical({"kind": drawing.kind, **settings(drawing), **shown}))


def variants_shown(wildcards):
    """One picture stands for each; those that this scale leaves out have none."""
    return [name for name in drawing_of(wildcards).named if name in study_of(wildcards).variants]


def drawing_code(wildcards):
    return code("draw_figure", drawer(drawing_of(wildcards).kind))


def tables_read(wildcards):
    return [f"{EDITION}/tables/{wildcards.study}/{name}" for name in drawing_of(wildcards).reads]


def table_drawn(wildcards):
    return tables_read(wildcards)[0]


def tables_beside(wildcards):
    """The other tables that a kind of figure reads, such as the status of runs beside their curves."""
    return tables_read(wildcards)[1:]


def pictures_shown(wildcards):
    study, probe = study_of(wildcards), drawing_of(wildcards).shows
    return [
        probe_file(study.variants[name], study.seeds[0], probe, "npz") for name in variants_shown(wildcards) if probe
    ]


def data_shown(wildcards):
    study = study_of(wildcards)
    named = drawing_of(wildcards).named or study.variants
    data = note((study.variants[name].recipe for name in named if name in study.variants), RECIPES)
    return f"{data}; incomplete: some runs failed" if any(scores_file(run) in FAILURES for run in study.runs) else data
