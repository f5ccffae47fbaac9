"""What recorders cost the studies that have them: a recipe of each, at demo scale, beside itself without recorders."""

from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from functools import partial
from io import StringIO

import torch

from benchmarks.clock import alternately
from benchmarks.row import Row, compared, seconds
from benchmarks.scratch import ROOT
from benchmarks.workloads import WORKLOADS
from folklore.extent import extent
from folklore.plan import plan
from folklore.recipe import Recipe
from folklore.train.loop import train

TURNS = 3


def measure() -> Iterator[Row]:
    torch.set_num_threads(1)
    for study, recipe in _recorded().items():
        sides = {"recorded": _training(recipe), "bare": _training(recipe.model_copy(update={"record": ()}))}
        took = alternately(TURNS, warm_up=1, **sides)
        figures = f"{seconds(took['recorded'])} beside {seconds(took['bare'])}; {', '.join(recipe.record)}"
        yield compared(study, took["recorded"], took["bare"], figures)


def _recorded() -> dict[str, Recipe]:
    """Study → the first of its recipes that records, among those that need no other run."""
    found: dict[str, Recipe] = {}
    for name, study in plan({}, ROOT / "studies").studies.items():
        for variant in study.variants.values():
            recipe = variant.recipe
            if recipe.record and recipe.parent is None and name not in found:
                found[name] = recipe
    return found


def _training(recipe: Recipe) -> Callable[[], None]:
    """On random examples in the shape of its data."""
    size = extent(recipe.data)
    workload = replace(
        WORKLOADS[0],
        shape=size.shape,
        classes=size.classes,
        train=recipe.data.train,
        validation=recipe.data.validation,
    )
    settings = recipe.model_dump(mode="json")
    return partial(_silently, partial(train, settings, workload.examples(), seed=1, device="cpu", parent=None))


def _silently(work: Callable[[], object]) -> None:
    with redirect_stdout(StringIO()):
        work()
