"""The whole flow, from data to report.

prepare_data → split_data → train_run → probe_run → collect_scores ─→ compute_metrics → judge_claims ─→ write_section
                    └─────→ describe_study ─────────────────┘               └→ draw_figure ───────────┘
write_section → write_report
              → write_latex → typeset_report
"""

from snakemake.settings.types import DeploymentMethod
from snakemake.utils import min_version

min_version("9.27")


# Before Snakemake reads the file: its own message names neither file nor line, and a key given twice passes.
include: "workflow/rules/config.smk"


configfile: Path(workflow.basedir, "config.yaml")


report: "report/workflow.rst"


# Snakemake refuses the path of an image that has a blank, also where no container was asked for.
if DeploymentMethod.APPTAINER in workflow.deployment_settings.deployment_method:

    container: str(Path(workflow.basedir, "envs/folklore.sif"))


include: "workflow/rules/common.smk"
include: "workflow/rules/data.smk"
include: "workflow/rules/train.smk"
include: "workflow/rules/probes.smk"
include: "workflow/rules/analysis.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/report.smk"


# Those that are light, and those that need the network, which compute nodes may not have.
localrules:
    report,
    prepare_data,
    split_data,
    fetch_weights,
    collect_scores,
    compute_metrics,
    judge_claims,
    draw_figure,
    write_section,
    write_report,
    write_latex,
    typeset_report,


rule report:
    default_target: True
    input:
        report_files(),
        # Snakemake would take an existing report as finished although no rule makes one of its sections.
        sections,
        # All runs too: a new one is trained even where Snakemake's records of the tables made from them are lost.
        scores_of_all_runs(),


# A group of jobs asks for one GPU and takes turns on it; elsewhere each job has its own.
resource_scopes:
    gpu="local",
    turn="local",


onstart:
    hold_results()
    write_long_options()
    bring_times_back()
    record_code(Path(RESULTS), CODE)


# What else was asked about meanwhile.
onsuccess:
    record_code(Path(RESULTS), CODE)
    end_timers()
    forget(Path(RESULTS))


onerror:
    record_code(Path(RESULTS), CODE)
    end_timers()
    write_incomplete_report()
