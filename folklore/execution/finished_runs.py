"""Links to the files of finished runs that share an allocation, until the workflow has ended."""

import shutil
from pathlib import Path

MADE_FROM = "made_from"


def folder_of(run: Path) -> Path:
    """Return `results/finished/{recipe}/{seed}` for `results/runs/{recipe}/{seed}`."""
    results, recipe, seed = run.parents[2], run.parent.name, run.name
    return results / "finished" / recipe / seed


def forget(results: Path) -> None:
    """Remove the links; no job may be running."""
    shutil.rmtree(results / "finished", ignore_errors=True)
