"""Puts what the runs of a study left behind into one table of runs, one of curves and one of records."""

from pathlib import Path

from folklore.analysis import tables
from folklore.analysis.csv_tables import write_table
from folklore.execution.job_command import run_job


def collect_scores(
    folder: Path, variants: dict, seeds: list, probes: dict, runs: Path, curves: Path, records: Path
) -> None:
    folders = tables.folders_of(folder, variants, seeds)
    write_table(runs, tables.runs_table(folders))
    write_table(curves, tables.curves_table(folders))
    write_table(records, tables.records_table(folders, probes))


if __name__ == "__main__":
    run_job(collect_scores)
