"""Functions of the rules of figures.smk."""

from folklore.figures import drawer
from folklore.wording.data_note import note


def drawing_of(wildcards):
    return study_of(wildcards).study.figures[wildcards.figure]


def tables_of_figure(wildcards):
    """The drawn table, and others that the kind of figure reads, such as the status of runs."""
    first, *others = (PATHS.table(wildcards.study, name) for name in drawing_of(wildcards).reads)
    return {"table": first, "beside": others}


def pictures_of_figure(wildcards):
    return PATHS.pictures(study_of(wildcards), drawing_of(wildcards))


def drawing_settings(wildcards):
    drawing = drawing_of(wildcards)
    shown = {"variants": study_of(wildcards).shown(drawing)} if drawing.shows else {}
    return option({"kind": drawing.kind, **settings(drawing), **shown})


def note_of_figure(wildcards):
    study, drawing = study_of(wildcards), drawing_of(wildcards)
    variants = study.shown(drawing) if drawing.named else study.variants
    data = note((study.variants[name].recipe for name in variants), RECIPES)
    return f"{data}; incomplete: some runs failed" if set(PATHS.scores(study.runs)) & FAILURES.keys() else data


def drawing_code(wildcards):
    return code("draw_figure", drawer(drawing_of(wildcards).kind))
