"""Planning: `snakemake -n report` for many runs, when nothing and when everything is done."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.clock import alternately
from benchmarks.row import Row, compared, seconds
from benchmarks.scratch import WORKFLOW, empty_workflow, scratch
from benchmarks.studies import of_many_rates

SEEDS = 5
TURNS = {100: 3, 1000: 3, 5000: 1}  # by number of runs


def measure() -> Iterator[Row]:
    for runs, turns in TURNS.items():
        yield from _plan(runs, turns)


def _plan(runs: int, turns: int) -> Iterator[Row]:
    with empty_workflow() as empty, scratch(*WORKFLOW) as new, scratch(*WORKFLOW) as done:
        for each in (new, done):
            each.study("generated", of_many_rates(variants=runs // SEEDS, seeds=SEEDS))
        done.pretend_done("report")
        sides = {"empty": empty, "new": new, "done": done}
        plans = {side: partial(where.snakemake, "report", "--dry-run") for side, where in sides.items()}
        took = alternately(turns, **plans)
    for side, note in (("new", "nothing done"), ("done", "everything done")):
        each = np.median(took[side] - took["empty"], axis=0)[0] / runs
        figures = f"{seconds(took[side])} beside {seconds(took['empty'])} of an empty plan; {each * 1000:.1f} ms a run"
        yield compared(f"plan of {runs:,} runs, {note}", took[side], took["empty"], figures)
