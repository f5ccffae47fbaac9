"""Judges the claims of a study by its runs, and writes a list of verdicts."""

from pathlib import Path

from pydantic import TypeAdapter

from folklore.analysis.evidence import Evidence
from folklore.analysis.selection import with_selected
from folklore.analysis.verdicts import judge
from folklore.execution.files import write_json
from folklore.execution.job_command import run_job
from folklore.schema.claim import Claim
from folklore.schema.selection import Selection


def judge_claims(
    claims: list, selections: dict, runs: Path, curves: Path, records: Path, facts: Path, verdicts: Path
) -> None:
    spelt_out = TypeAdapter(list[Claim]).validate_python(claims)
    criteria = TypeAdapter(dict[str, Selection]).validate_python(selections)
    found = judge(spelt_out, with_selected(Evidence.read(runs, curves, records, facts), criteria))
    write_json(verdicts, [verdict.model_dump(mode="json") for verdict in found])


if __name__ == "__main__":
    run_job(judge_claims)
