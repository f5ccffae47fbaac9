"""The whole flow, from data to report.

prepare_data → split_data → train_run → probe_run → collect_scores ─→ compute_metrics → judge_claims ─→ write_section
                    └─────→ describe_study ─────────────────┘               └→ draw_figure ───────────┘
write_section → write_report
              → write_latex → typeset_report

A run may start from other runs: from their weights, from published ones (fetch_weights), or from the logits of a teacher
(predict_logits).
"""

from snakemake.utils import min_version

min_version("9.27")


# Check config.yaml before Snakemake reads it: its own message names neither file nor line, and it accepts a key twice.
include: "workflow/rules/config.smk"


configfile: Path(workflow.basedir, "config.yaml")


report: "report/workflow.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/hooks.smk"
include: "workflow/rules/data.smk"
include: "workflow/rules/train.smk"
include: "workflow/rules/probes.smk"
include: "workflow/rules/analysis.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/report.smk"


rule report:
    default_target: True
    input:
        report_files(),
        # An existing report would pass although no rule makes one of its sections.
        sections,
        # New runs are trained even where Snakemake's records of the tables are lost.
        PATHS.scores_of_all_runs(),
    localrule: True


# A group of jobs runs one after the other on one GPU; elsewhere each job has its own.
resource_scopes:
    gpu="local",
    run_slot="local",


onstart:
    before_the_first_job()


onsuccess:
    after_the_last_job(success=True)


onerror:
    after_the_last_job(success=False)
