"""Judges the claims of a study by its runs, and writes a list of verdicts."""

from pathlib import Path

from pydantic import TypeAdapter

from folklore.analysis.evidence import Evidence
from folklore.analysis.verdicts import judge
from folklore.claim import Claim
from folklore.files import write_json
from folklore.jobs import command


def judge_claims(claims: list, runs: Path, curves: Path, facts: Path, verdicts: Path) -> None:
    spelt_out = TypeAdapter(list[Claim]).validate_python(claims)
    found = judge(spelt_out, Evidence.read(runs, curves, facts))
    write_json(verdicts, [verdict.model_dump(mode="json") for verdict in found])


if __name__ == "__main__":
    command.run(judge_claims)
