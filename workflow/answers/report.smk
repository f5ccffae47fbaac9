"""What the rules of report.smk ask."""

import shutil
import subprocess


def study_in_full(wildcards):
    return option(canonical(study_of(wildcards).study.model_dump(mode="json", exclude_unset=True)))


def writing_code(wildcards):
    """The phrases of models stand beside their settings."""
    models = {type(variant.recipe.model).__module__ for variant in study_of(wildcards).variants.values()}
    return code("write_section", *sorted(models))


def figure_paths(wildcards):
    return option(canonical(figure_files(study_of(wildcards))))


def figures_of_study(wildcards):
    return [files["svg"] for files in figure_files(study_of(wildcards)).values()]


def section_file(study):
    return f"{EDITION}/report/sections/{study}.json"


def sections(wildcards):
    return available(map(section_file, PLAN.studies))


def failures_of_report(wildcards):
    """Study → why it has no section."""
    return canonical(
        {study: FAILURES[section_file(study)] for study in PLAN.studies if section_file(study) in FAILURES}
    )


def failures_of_study(wildcards):
    """What failed → why. A probe of a run that failed goes without saying."""
    study = study_of(wildcards)
    runs = {
        f"{variant.name}, seed {seed}": f"{RESULTS}/runs/{variant.id}/{seed}"
        for variant in study.variants.values()
        for seed in study.seeds
    }
    named = {run: f"{folder}/scores.json" for run, folder in runs.items()}
    named |= {
        f"probe {probe} of {run}": f"{folder}/probes/{probe}.csv"
        for probe in study.probed
        for run, folder in runs.items()
        if named[run] not in FAILURES
    }
    named |= {f"figure {name}": f"{EDITION}/figures/{study.name}/{name}.svg" for name in study.study.figures}
    return option(canonical({name: FAILURES[path] for name, path in named.items() if path in FAILURES}))


def figures_of_report(wildcards):
    return [files["pdf"] for study in PLAN.studies.values() for files in figure_files(study).values()]


def templates(pattern):
    """The templates that a rendering stands on; small files, so that Snakemake compares their content."""
    return sorted(os.path.relpath(path) for path in Path(workflow.basedir, "report").glob(pattern))


def changes_accepted(wildcards):
    """There is a log of them once there was one."""
    return [path for path in [f"{RESULTS}/accepted.csv"] if os.path.exists(path)]


def what_was_asked(wildcards):
    return canonical(settings(PLAN.config))


def provenance(wildcards, output):
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


def wants_pdf():
    return shutil.which("latexmk") is not None if PLAN.config.report.pdf == "auto" else PLAN.config.report.pdf


def report_files():
    return [f"{EDITION}/report/index.html", f"{EDITION}/report/report.{'pdf' if wants_pdf() else 'tex'}"]
