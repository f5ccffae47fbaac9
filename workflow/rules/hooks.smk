"""Steps before the first job and after the last."""

from folklore.execution import snakemake_hooks as hooks
from folklore.execution.finished_runs import forget

# Jobs that make a report of finished runs. No other rule may run for an incomplete one.
OF_THE_REPORT = """
    collect_scores compute_metrics judge_claims draw_figure write_section write_report write_latex typeset_report report
"""


def before_the_first_job():
    try:
        if not FAILURES:  # else the Snakemake that met them holds the results
            hooks.hold_results(workflow, Path(RESULTS), logger.info)
    except UserError as error:
        raise WorkflowError(str(error)) from None
    LONG.write()
    hooks.reset_future_mtimes(workflow, logger.info)
    CODE.record(Path(RESULTS))


def after_the_last_job(success):
    CODE.record(Path(RESULTS))  # also of code that was fingerprinted meanwhile
    hooks.end_timers()
    if success:
        forget(Path(RESULTS))
    else:
        hooks.write_incomplete_report(workflow, config, OF_THE_REPORT.split(), FAILURES, EDITION, logger.info)
