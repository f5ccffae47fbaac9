"""Compares the numbers of every run in two results folders: history, scores and weights, value by value.

    python tools/compare_results.py before/results/demo-embedded after/results/demo-embedded

A change of the code that must change no number is checked with it: run the demo before and after. Runs are paired by
study, variant and seed, so recipes may have new identities, and columns the new names in RENAMED. Exit code 1 if any
run differs.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from safetensors.numpy import load_file

# Column or key before → after, of changes that renamed a number without changing it.
RENAMED = {"displacement": "update_norm"}

Key = tuple[str, int, str]  # study, position of the variant in the study, seed


def main(before: Path, after: Path) -> int:
    old, new = runs(before), runs(after)
    differing = {key: lines for key in old.keys() & new.keys() if (lines := list(differences(old[key], new[key])))}
    for (study, place, seed), lines in sorted(differing.items()):
        print(f"{study}, variant {place + 1}, seed {seed} ({new[study, place, seed]}):")
        print("".join(f"    {line}\n" for line in lines[:5]), end="")
    for name, only in (("before", old.keys() - new.keys()), ("after", new.keys() - old.keys())):
        for study, place, seed in sorted(only):
            print(f"only {name}: {study}, variant {place + 1}, seed {seed}")
    shared = len(old.keys() & new.keys())
    print(f"{shared} rows of runs compared: {shared - len(differing)} equal, {len(differing)} differ")
    return int(bool(differing) or old.keys() != new.keys())


def runs(edition: Path) -> dict[Key, Path]:
    """The folder of each run that a study of the edition names."""
    found: dict[Key, Path] = {}
    for table in sorted(edition.glob("tables/*/runs.csv")):
        variants: dict[str, int] = {}
        with table.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                place = variants.setdefault(row["variant"], len(variants))
                found[table.parent.name, place, row["seed"]] = edition.parent / "runs" / row["recipe"] / row["seed"]
    return found


def differences(before: Path, after: Path) -> Iterator[str]:
    yield from _history(before / "history.csv", after / "history.csv")
    yield from _scores(_json(before / "scores.json"), _json(after / "scores.json"), "scores")
    yield from _weights(before / "weights.safetensors", after / "weights.safetensors")


def _history(before: Path, after: Path) -> Iterator[str]:
    """A column that only the newer table has is no difference."""
    old, new = _columns(before), _columns(after)
    for name, values in old.items():
        if new.get(name, new.get(RENAMED.get(name))) != values:
            yield f"history: column {name} differs"


def _columns(path: Path) -> dict[str, list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        head, *rows = csv.reader(handle)
    return {name: [row[place] for row in rows] for place, name in enumerate(head)}


def _scores(old: object, new: object, where: str) -> Iterator[str]:
    """A key that only the newer scores have is no difference; checksums of renamed tables are none either."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() - {"beside", "checksums"}:
            yield from _scores(old[key], new.get(key, new.get(RENAMED.get(key))), f"{where}.{key}")
    elif old != new:
        yield f"{where}: {old} before, {new} after"


def _weights(before: Path, after: Path) -> Iterator[str]:
    old, new = load_file(before), load_file(after)
    if old.keys() != new.keys():
        yield f"weights: tensors {sorted(old.keys() ^ new.keys())[:3]} are in one file alone"
    for name in old.keys() & new.keys():
        if old[name].tobytes() != new[name].tobytes():
            yield f"weights: {name} differs"


def _json(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    sys.exit(main(**vars(parser.parse_args())))
