"""Prepares a dataset from any source: one file of arrays, and one with their provenance."""

from pathlib import Path

from folklore.data.dataset import save
from folklore.data.prepare import prepare
from folklore.data.raw_dataset import Request
from folklore.execution.errors import UserError
from folklore.execution.files import write_json
from folklore.execution.job_command import run_job
from folklore.plan.local_files import content_digest


def prepare_data(data: dict, path: str, downloads: Path, contents: Path, arrays: Path, provenance: Path) -> None:
    """Raises UserError if the local files have changed since the plan computed their digest."""
    content = data.pop("content", None)
    dataset, about = prepare(Request(downloads=downloads, path=path or None, **data))
    if content and content_digest(Path(path), contents) != content:
        raise UserError(f"{path} has changed since the workflow started. Run again")
    save(arrays, dataset)
    write_json(provenance, about)


if __name__ == "__main__":
    run_job(prepare_data)
