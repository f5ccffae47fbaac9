"""Writes the report as one self-contained page."""

from pathlib import Path

from folklore.execution.files import read_json, write_text
from folklore.execution.job_command import run_job
from folklore.provenance.accepted import in_short, read_accepted
from folklore.report import html as page
from folklore.report.page import Provenance, Section, failures_of


def write_report(sections: list[Path], provenance: dict, failures: dict, accepted: list[Path], html: Path) -> None:
    said = [Section.model_validate(read_json(path)) for path in sections]
    entries = in_short(entry for path in accepted for entry in read_accepted(path))
    told = Provenance.model_validate(provenance | {"accepted": entries, "failures": failures_of(failures)})
    write_text(html, page.html(said, told))


if __name__ == "__main__":
    run_job(write_report)
