"""Collects the runs of a study into a table of runs, a table of curves and a table of records."""

from pathlib import Path

from folklore.analysis import tables
from folklore.analysis.csv_tables import write_table
from folklore.execution.job_command import run_job
from folklore.runs.folder import SCORES


def collect_scores(
    folder: Path, variants: dict, seeds: list, probes: dict, failed: list, runs: Path, curves: Path, records: Path
) -> None:
    """`failed`: paths of scores and probe results that failed jobs did not write."""
    folders = tables.folders_of(folder, variants, seeds)
    finished = {run: place for run, place in folders.items() if str(place.path / SCORES) not in failed}
    write_table(runs, tables.runs_table(folders, failed=folders.keys() - finished.keys()))
    write_table(curves, tables.curves_table(finished))
    write_table(records, tables.records_table(finished, probes, failed))


if __name__ == "__main__":
    run_job(collect_scores)
