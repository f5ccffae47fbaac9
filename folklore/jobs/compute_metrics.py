"""Computes every metric that a study names, and writes one row per metric and run."""

from pathlib import Path

from pydantic import TypeAdapter

from folklore.analysis.csv_tables import write_table
from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.requested import metrics_rows
from folklore.analysis.selection import with_selected
from folklore.execution.job_command import run_job
from folklore.schema.metric import Metric
from folklore.schema.selection import Selection


def compute_metrics(
    requests: list, selections: dict, runs: Path, curves: Path, records: Path, facts: Path, metrics: Path
) -> None:
    """`requests`: a metric and the names of the variants and selections that need it."""
    asked = [(Metric.model_validate(request["metric"]), request["names"]) for request in requests]
    criteria = TypeAdapter(dict[str, Selection]).validate_python(selections)
    evidence = with_selected(Evidence.read(runs, curves, records, facts), criteria)
    write_table(metrics, metrics_rows(asked, evidence))


if __name__ == "__main__":
    run_job(compute_metrics)
