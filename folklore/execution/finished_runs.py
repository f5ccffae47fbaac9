"""Where runs that share an allocation keep what they leave, until Snakemake knows that they have ended."""

import shutil
from pathlib import Path

MADE_FROM = "made_from"


def folder_of(run: Path) -> Path:
    """`results/finished/{recipe}/{seed}` of `results/runs/{recipe}/{seed}`."""
    results, recipe, seed = run.parents[2], run.parent.name, run.name
    return results / "finished" / recipe / seed


def forget(results: Path) -> None:
    """What is kept of runs, once no job is under way."""
    shutil.rmtree(results / "finished", ignore_errors=True)
