"""Judges the claims of a study by its metrics, and writes a list of verdicts."""

from pathlib import Path

from pydantic import TypeAdapter

from folklore.analysis.metrics_table import MetricsTable
from folklore.analysis.verdicts import judge
from folklore.execution.files import read_json, write_json
from folklore.execution.job_command import run_job
from folklore.schema.claim import Claim
from folklore.schema.selection import Selection


def judge_claims(claims: list, selections: dict, metrics: Path, facts: Path, verdicts: Path) -> None:
    parsed = TypeAdapter(list[Claim]).validate_python(claims)
    criteria = TypeAdapter(dict[str, Selection]).validate_python(selections)
    judged = judge(parsed, criteria, MetricsTable.read(metrics), read_json(facts))
    write_json(verdicts, [verdict.model_dump(mode="json") for verdict in judged])


if __name__ == "__main__":
    run_job(judge_claims)
