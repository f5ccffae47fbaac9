"""Writes what can be said of a study's variants without training: rates, layers, data and split."""

from pathlib import Path

from folklore.data.dataset import load_dataset, load_split
from folklore.files import read_json, write_json
from folklore.jobs import command
from folklore.train.description import describe
from folklore.train.examples import examples


def describe_study(variants: dict, folder: Path, facts: Path) -> None:
    """`variants`: name → recipe (its identity), settings, dataset, split, budget."""
    found = {}
    for name, variant in variants.items():
        dataset, split = folder / "data" / variant["dataset"], folder / "splits" / variant["split"]
        provenance, counts = read_json(Path(f"{dataset}.json")), read_json(Path(f"{split}.json"))
        rows = load_split(Path(f"{split}.npz"))
        scaling = variant["settings"]["data"]["scaling"]
        data = examples(load_dataset(Path(f"{dataset}.npz")), rows, len(provenance["classes"]), scaling)
        found[name] = {
            "recipe": variant["recipe"],
            "settings": variant["settings"],
            "dataset": provenance,
            "split": counts,
            **describe(variant["settings"], data, variant["budget"]),
        }
    write_json(facts, found)


if __name__ == "__main__":
    command.run(describe_study)
