"""The runs of a study as three tables: a row a run, a row an epoch, and a row a number that a recorder took."""

from pathlib import Path
from typing import Any, get_args

import pandas as pd

from folklore.analysis.evidence import read_table
from folklore.files import read_json, replacing
from folklore.history import HISTORY, RECORDS
from folklore.metric import Checkpoint

COUNTS = ("diverged_epoch", "epochs", "best_epoch", "parameters")  # whole numbers, empty where a run has none
RUN = ("variant", "seed", "recipe", "status", *COUNTS, "seconds", "environment")
CHECKPOINTS = get_args(Checkpoint)

Folders = dict[tuple[str, int], Path]  # (variant, seed) → what the run left, in the order of the tables


def folders_of(runs: Path, variants: dict[str, str], seeds: list[int]) -> Folders:
    """`variants` maps a name to the identity of its recipe."""
    return {(name, seed): runs / recipe / str(seed) for name, recipe in variants.items() for seed in sorted(seeds)}


def runs_table(folders: Folders) -> pd.DataFrame:
    rows = [_run(variant, seed, folder) for (variant, seed), folder in folders.items()]
    scores = sorted({name.rsplit(".", 1)[0] for row in rows for name in row if name not in RUN})
    columns = [*RUN, *(f"{score}.{checkpoint}" for score in scores for checkpoint in CHECKPOINTS)]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(COUNTS, "Int64"))


def _run(variant: str, seed: int, folder: Path) -> dict[str, Any]:
    scores, cost = read_json(folder / "scores.json"), read_json(folder / "cost.json")
    return {
        "variant": variant,
        "seed": seed,
        "recipe": folder.parent.name,
        "status": scores["status"],
        **{name: scores.get(name) for name in COUNTS},
        "seconds": cost["seconds"],
        "environment": "Python {python}, numpy {numpy}, torch {torch}, on {device}".format(**cost),
        **{
            f"{name}.{checkpoint}": value
            for checkpoint in CHECKPOINTS
            for name, value in _flat(scores["checkpoints"].get(checkpoint) or {}).items()
        },
    }


def _flat(scores: dict[str, Any]) -> dict[str, float | None]:
    """A score by class becomes a score for each class: `test_recall.cat`."""
    flat = {}
    for name, value in scores.items():
        by_class = dict(enumerate(value)) if isinstance(value, list) else value
        several = isinstance(by_class, dict)
        flat |= {f"{name}.{label}": one for label, one in by_class.items()} if several else {name: value}
    return flat


def curves_table(folders: Folders) -> pd.DataFrame:
    table = _together(folders, "history.csv")
    recorded = [name for name in table if name not in (*HISTORY, "variant", "seed")]
    table = table.reindex(columns=["variant", "seed", *HISTORY, *recorded])
    return table.assign(
        gap_acc=table["train_accuracy"] - table["validation_accuracy"],
        gap_loss=table["validation_loss"] - table["train_loss"],
        running_gap_acc=table["running_accuracy"] - table["validation_accuracy"],
        running_gap_loss=table["validation_loss"] - table["running_loss"],
    )


def records_table(folders: Folders) -> pd.DataFrame:
    table = _together(folders, "records.csv").reindex(columns=["variant", "seed", *RECORDS])
    return table.astype({"epoch": "Int64"})


def _together(folders: Folders, name: str) -> pd.DataFrame:
    """The tables of all runs that hold anything, one under the other."""
    tables = [
        read_table(folder / name).assign(variant=variant, seed=seed) for (variant, seed), folder in folders.items()
    ]
    whole = [table for table in tables if len(table)]
    return pd.concat(whole, ignore_index=True) if whole else pd.DataFrame()


def write_table(path: Path, table: pd.DataFrame) -> None:
    with replacing(path) as draft:
        table.to_csv(draft, index=False, lineterminator="\n")
