"""Splits a dataset: row numbers for training, validation and test, and the number of rows per class."""

from pathlib import Path

from folklore.data.dataset import load_dataset, save
from folklore.data.splits import description, draw
from folklore.execution.files import read_json, write_json
from folklore.execution.job_command import run_job


def split_data(split: dict, arrays: Path, provenance: Path, indices: Path, counts: Path) -> None:
    dataset, about = load_dataset(arrays), read_json(provenance)
    drawn = draw(dataset, about, **split)
    save(indices, drawn)
    write_json(counts, description(drawn, dataset, about, split["seed"], split["stratified"]))


if __name__ == "__main__":
    run_job(split_data)
