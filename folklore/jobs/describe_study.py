"""Describes a study's variants without training: learning rates, layers, data and split."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from folklore.data.dataset import load_dataset, load_split
from folklore.execution.files import read_json, write_json
from folklore.execution.job_command import run_job
from folklore.train.description import describe, describe_data
from folklore.train.examples import Examples, recipe_examples


def describe_study(variants: dict, folder: Path, facts: Path) -> None:
    """`variants`: name → identity of the recipe, settings, dataset, split, and epochs of the published protocol."""
    found = {}
    for name, variant in variants.items():
        dataset, split = folder / "data" / variant["dataset"], folder / "splits" / variant["split"]
        about, data = _data(dataset, split, json.dumps(variant["settings"]["data"], sort_keys=True))
        found[name] = {
            "recipe": variant["recipe"],
            "settings": variant["settings"],
            **about,
            **describe(variant["settings"], data, variant["budget"]),
        }
    write_json(facts, found)


@lru_cache(maxsize=1)
def _data(dataset: Path, split: Path, settings: str) -> tuple[dict[str, Any], Examples]:
    """Read data once for consecutive variants that share it; most studies have one dataset."""
    provenance, counts = read_json(Path(f"{dataset}.json")), read_json(Path(f"{split}.json"))
    arrays, rows = load_dataset(Path(f"{dataset}.npz")), load_split(Path(f"{split}.npz"))
    data = recipe_examples(arrays, rows, provenance, json.loads(settings))
    wrong = int((data.labels["train"] != arrays.labels[rows.train]).sum())
    return {"dataset": provenance, "split": counts, "wrong_labels": wrong, **describe_data(data)}, data


if __name__ == "__main__":
    run_job(describe_study)
