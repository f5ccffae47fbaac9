"""Redrawing one figure: Snakemake after a change of its settings, compared with Snakemake with nothing to do."""

from collections.abc import Iterator
from functools import partial
from itertools import count

from benchmarks.clock import alternately
from benchmarks.row import Row, compared, seconds
from benchmarks.scratch import WORKFLOW, Scratch, scratch
from benchmarks.studies import of_many_rates

TURNS = 3
FIGURE = "results/demo-embedded/figures/generated/curves.svg"


def measure() -> Iterator[Row]:
    with scratch(*WORKFLOW) as where:
        where.study("generated", of_many_rates(variants=2, seeds=2))
        where.snakemake(FIGURE)
        widths = count(2)
        took = alternately(
            TURNS,
            redraw=lambda: _redraw(where, smooth=next(widths)),
            nothing=partial(where.snakemake, FIGURE),
        )
    figures = f"{seconds(took['redraw'])} vs {seconds(took['nothing'])} with nothing to do"
    yield compared("redraw one figure with another smoothing", took["redraw"], took["nothing"], figures)


def _redraw(where: Scratch, smooth: int) -> None:
    where.study("generated", of_many_rates(variants=2, seeds=2, smooth=smooth))
    where.snakemake(FIGURE)
