"""Functions of the rules of report.smk."""

import shutil

from folklore.provenance.commit import commit_of


def figures_of_study(wildcards):
    return [paths["svg"] for paths in PATHS.figures(study_of(wildcards)).values()]


def figures_of_report(wildcards):
    return [paths["pdf"] for study in PLAN.studies.values() for paths in PATHS.figures(study).values()]


def sections(wildcards):
    return PATHS.sections()


def templates(pattern):
    """The templates of a rendering; small files, so that Snakemake compares their content."""
    return sorted(os.path.relpath(path) for path in Path(workflow.basedir, "report").glob(pattern))


def accepted_changes(wildcards):
    """A log that exists once a change was accepted."""
    return [path for path in [f"{RESULTS}/accepted.csv"] if os.path.exists(path)]


def study_in_full(wildcards):
    return option(study_of(wildcards).study.model_dump(mode="json", exclude_unset=True))


def writing_code(wildcards):
    """The phrases of models are next to their settings."""
    models = {type(variant.recipe.model).__module__ for variant in study_of(wildcards).variants.values()}
    return code("write_section", *sorted(models))


def figure_paths(wildcards):
    return option(PATHS.figures(study_of(wildcards)))


def failures_of_study(wildcards):
    return option(PATHS.failed_in(study_of(wildcards)))


def studies_without_section(wildcards):
    return option(PATHS.studies_without_section())


def configuration(wildcards):
    return canonical(settings(PLAN.config))


def provenance(wildcards):
    """Untracked, since a commit that changes no result needs no new report; the configuration is tracked."""
    known = {
        "scale": PLAN.config.scale,
        "edition": PLAN.config.edition,
        "command": "snakemake --cores all report",
        "code": commit_of(workflow.basedir),
        "config": PLAN.config.model_dump(mode="json"),
    }
    return option_words({"provenance": canonical(known)})


def report_files():
    asked = PLAN.config.report.pdf
    pdf = shutil.which("latexmk") is not None if asked == "auto" else asked
    return [f"{EDITION}/report/index.html", f"{EDITION}/report/report.{'pdf' if pdf else 'tex'}"]
