"""The runs of a study as three tables: one row per run, per epoch, and per recorded number."""

from collections.abc import Collection, Iterable
from io import StringIO
from itertools import accumulate, chain
from pathlib import Path
from statistics import fmean
from typing import Any, get_args

import numpy as np
import pandas as pd

from folklore.analysis.csv_tables import read_table
from folklore.runs.columns import HISTORY, RECORDS
from folklore.runs.folder import RunFolder
from folklore.schema.metric import Checkpoint

COUNTS = ("diverged_epoch", "epochs", "best_epoch", "parameters")  # whole numbers, empty where a run has none
RUN = ("variant", "seed", "recipe", "status", *COUNTS, "seconds", "seconds_per_epoch", "environment")
CHECKPOINTS = get_args(Checkpoint)
EARLY_STOPPING = ("stopped_epoch", "stop_epoch")  # further counts, where some recipe of the study stops early

Folders = dict[tuple[str, int], RunFolder]  # (variant, seed) → folder of the run, in the order of the tables


def folders_of(runs: Path, variants: dict[str, str], seeds: list[int]) -> Folders:
    """`variants` maps a name to the identity of its recipe."""
    pairs = [(name, seed) for name in variants for seed in sorted(seeds)]
    return {(name, seed): RunFolder(runs / variants[name] / str(seed)) for name, seed in pairs}


def runs_table(folders: Folders, failed: Collection[tuple[str, int]] = ()) -> pd.DataFrame:
    """Return one row per run; that of a failed run is empty but for its name, so that no mean ignores it silently."""
    rows = [_failed(*run, folder) if run in failed else _run(*run, folder) for run, folder in folders.items()]
    scores = sorted({name.rsplit(".", 1)[0] for row in rows for name in row if name not in (*RUN, *EARLY_STOPPING)})
    further = [name for name in EARLY_STOPPING if any(name in row for row in rows)]
    checkpoints = CHECKPOINTS if further else [name for name in CHECKPOINTS if name != "stopped"]
    columns = [*RUN, *further, *(f"{score}.{checkpoint}" for score in scores for checkpoint in checkpoints)]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys((*COUNTS, *further), "Int64"))


def _failed(variant: str, seed: int, folder: RunFolder) -> dict[str, Any]:
    return {"variant": variant, "seed": seed, "recipe": folder.recipe, "status": "failed"}


def _run(variant: str, seed: int, folder: RunFolder) -> dict[str, Any]:
    scores, cost = folder.scores, folder.cost
    return {
        "variant": variant,
        "seed": seed,
        "recipe": folder.recipe,
        "status": scores["status"],
        **{name: scores.get(name) for name in COUNTS},
        **{name: scores[name] for name in EARLY_STOPPING if name in scores},
        "seconds": cost["seconds"],
        "seconds_per_epoch": fmean(cost["seconds_per_epoch"]) if cost["seconds_per_epoch"] else None,
        "environment": "Python {python}, numpy {numpy}, torch {torch}, on {device}".format(**cost),
        **{
            f"{name}.{checkpoint}": value
            for checkpoint in CHECKPOINTS
            for name, value in _flat(scores["checkpoints"].get(checkpoint) or {}).items()
        },
    }


def _flat(scores: dict[str, Any]) -> dict[str, float | None]:
    """Return one score per class for a score by class: `test_recall.cat`."""
    flat = {}
    for name, value in scores.items():
        by_class = dict(enumerate(value)) if isinstance(value, list) else value
        several = isinstance(by_class, dict)
        flat |= {f"{name}.{label}": one for label, one in by_class.items()} if several else {name: value}
    return flat


def curves_table(folders: Folders) -> pd.DataFrame:
    table = _together((run, folder.text("history.csv")) for run, folder in folders.items())
    further = [name for name in table if name not in (*HISTORY, "variant", "seed")]
    table = table.reindex(columns=["variant", "seed", *HISTORY, *further])
    return table.assign(
        seconds=_seconds(table, folders),
        accuracy_gap=table["train_accuracy"] - table["validation_accuracy"],
        loss_gap=table["validation_loss"] - table["train_loss"],
        running_accuracy_gap=table["running_accuracy"] - table["validation_accuracy"],
        running_loss_gap=table["validation_loss"] - table["running_loss"],
    )


def _seconds(table: pd.DataFrame, folders: Folders) -> list[float | None]:
    """Return for each row the cumulative seconds of its run at the end of the epoch."""
    epochs = table.groupby(["variant", "seed"], sort=False).size()
    return [moment for run, count in epochs.items() for moment in _so_far(folders[run], count)]


def _so_far(folder: RunFolder, epochs: int) -> list[float | None]:
    taken = folder.cost["seconds_per_epoch"]
    return list(accumulate(taken)) if len(taken) == epochs else [None] * epochs


def records_table(folders: Folders, probes: dict[str, list[str]], failed: Collection[str] = ()) -> pd.DataFrame:
    """Return the records of recorders, then those of probes; `probes` maps each probe to its variants.

    `failed`: the paths of files that failed jobs could not write.
    """
    recorded = ((run, folder.text("records.csv")) for run, folder in folders.items())
    probed = (
        (run, path.read_text(encoding="utf-8"))
        for probe, variants in probes.items()
        for run, folder in folders.items()
        if run[0] in variants and str(path := folder.path / f"probes/{probe}.csv") not in failed
    )
    return _together(chain(recorded, probed)).reindex(columns=["variant", "seed", *RECORDS]).astype({"epoch": "Int64"})


def _together(texts: Iterable[tuple[tuple[str, int], str]]) -> pd.DataFrame:
    """Return the tables of all runs as one; tables with the same columns are parsed together."""
    runs, rows = [], {}
    for number, (run, text) in enumerate(texts):
        head, *body = text.removesuffix("\n").split("\n")
        runs.append(run)
        rows.setdefault(head, []).extend(f"{number},{row}" for row in body)
    tables = [read_table(StringIO("\n".join([f"run,{head}", *body]))) for head, body in rows.items()]
    table = pd.concat([table for table in tables if len(table)] or tables[:1]).sort_values("run", kind="stable")
    names, seeds = zip(*runs, strict=True)
    which = table.pop("run").to_numpy(int)
    return table.assign(variant=np.array(names, object)[which], seed=np.array(seeds)[which]).reset_index(drop=True)
