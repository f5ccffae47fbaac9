"""Prepares a data set: whatever its source, one file of arrays and one that says where they come from."""

from pathlib import Path

from folklore.data.dataset import save
from folklore.data.prepare import prepare
from folklore.data.raw_dataset import Request
from folklore.execution.files import write_json
from folklore.execution.job_command import run_job


def prepare_data(data: dict, downloads: Path, arrays: Path, provenance: Path) -> None:
    dataset, about = prepare(Request(downloads=downloads, **data))
    save(arrays, dataset)
    write_json(provenance, about)


if __name__ == "__main__":
    run_job(prepare_data)
