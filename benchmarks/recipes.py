"""Cost of recorders in the studies that have them: one recipe of each, at demo scale, with and without recorders."""

from collections.abc import Iterator
from functools import partial

import torch

from benchmarks.clock import alternately
from benchmarks.quietly import train_quietly
from benchmarks.row import Row, compared, seconds
from benchmarks.scratch import ROOT
from benchmarks.workloads import of_recipe
from folklore.plan.load import load_plan
from folklore.schema.recipe import Recipe

TURNS = 3


def measure() -> Iterator[Row]:
    torch.set_num_threads(1)
    for study, recipe in _recorded().items():
        settings, examples = recipe.model_dump(mode="json"), of_recipe(recipe)
        sides = {"recorded": settings, "bare": settings | {"record": []}}
        works = {side: partial(train_quietly, each, examples) for side, each in sides.items()}
        took = alternately(TURNS, warm_up=1, **works)
        figures = f"{seconds(took['recorded'])} vs {seconds(took['bare'])}; {', '.join(recipe.record)}"
        yield compared(study, took["recorded"], took["bare"], figures)


def _recorded() -> dict[str, Recipe]:
    """Return study → its first recipe with recorders and without parents."""
    found: dict[str, Recipe] = {}
    for name, study in load_plan({}, ROOT / "studies").studies.items():
        for variant in study.variants.values():
            recipe = variant.recipe
            if recipe.record and recipe.parent is None and name not in found:
                found[name] = recipe
    return found
